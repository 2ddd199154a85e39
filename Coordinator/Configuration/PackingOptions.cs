using System.ComponentModel.DataAnnotations;

namespace CloudSweep.Coordinator.Configuration;

/// <summary>How trials are packed into jobs where the sweep file leaves it open.</summary>
public sealed class PackingOptions
{
    public const string SectionName = "Packing";

    /// <summary>Job slots that all Workers together are expected to have. Default: 1.</summary>
    [Range(1, 10_000)]
    public int ExpectedSlots { get; init; } = 1;
}
