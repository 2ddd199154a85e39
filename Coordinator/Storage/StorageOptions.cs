using System.ComponentModel.DataAnnotations;

namespace CloudSweep.Coordinator.Storage;

/// <summary>Where the Coordinator keeps its truth.</summary>
public sealed class StorageOptions
{
    public const string SectionName = "Storage";

    /// <summary>Folder of the database; made when absent, for its owner only. Required.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "must name a folder, e.g. /var/lib/cloudsweep")]
    public string Directory { get; init; } = "";
}
