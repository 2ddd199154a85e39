using CloudSweep.Core.Planning.Packing;

namespace CloudSweep.Cli.Hosting;

/// <summary>Job slots of this machine: they share its threads, and half of the memory that this process may have.</summary>
internal static class MachineSlots
{
    /// <summary>What a job gets at least: 64 MiB.</summary>
    public const long LeastBytes = 64L << 20;

    private const long MostBytes = 1L << 44;

    /// <param name="slots">Jobs at once, ≥ 1.</param>
    /// <param name="threads">Training threads, ≥ 1.</param>
    public static WorkerSlots Of(int slots, int threads) =>
        new(slots, Math.Max(1, threads / slots), Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 / slots, LeastBytes, MostBytes));
}
