namespace CloudSweep.Core.Planning.Packing;

/// <summary>What the Workers together are expected to have for the jobs of a sweep.</summary>
/// <param name="Count">Jobs at once, ≥ 1.</param>
/// <param name="Threads">Training threads of a slot, ≥ 1.</param>
/// <param name="MemoryBytes">What a job may take of a Worker's memory, bytes.</param>
public sealed record WorkerSlots(int Count, int Threads = 1, long MemoryBytes = WorkerSlots.DefaultMemoryBytes)
{
    /// <summary>Where nobody says how much memory a slot has: 1 GiB.</summary>
    public const long DefaultMemoryBytes = 1L << 30;
}
