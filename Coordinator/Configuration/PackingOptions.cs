using System.ComponentModel.DataAnnotations;
using CloudSweep.Core.Planning.Packing;

namespace CloudSweep.Coordinator.Configuration;

/// <summary>How trials are packed into jobs where the sweep file leaves it open.</summary>
public sealed class PackingOptions
{
    public const string SectionName = "Packing";

    /// <summary>Job slots that all Workers together are expected to have. Default: 1.</summary>
    [Range(1, 10_000)]
    public int ExpectedSlots { get; init; } = 1;

    /// <summary>Training threads that a slot is expected to have, as Worker:Threads over Worker:Slots. Default: 1.</summary>
    [Range(1, 1024)]
    public int ThreadsPerSlot { get; init; } = 1;

    /// <summary>What a job may take of a Worker's memory, bytes; the lanes of one model may take a quarter of it in any case. Default: 1 GiB.</summary>
    [Range(1L << 26, 1L << 44)]
    public long MemoryPerSlotBytes { get; init; } = WorkerSlots.DefaultMemoryBytes;

    internal WorkerSlots Slots => new(ExpectedSlots, ThreadsPerSlot, MemoryPerSlotBytes);
}
