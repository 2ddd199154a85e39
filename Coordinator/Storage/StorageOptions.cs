using System.ComponentModel.DataAnnotations;

namespace CloudSweep.Coordinator.Storage;

/// <summary>Where the Coordinator keeps its truth.</summary>
public sealed class StorageOptions
{
    public const string SectionName = "Storage";

    /// <summary>Folder of the database; made when absent, for its owner only.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Directory { get; init; } = "";
}
