using CloudSweep.Worker.Data;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Execution;

/// <summary>What a Worker's settings let it take of its machine; told at its start.</summary>
/// <param name="Slots">Jobs at once.</param>
/// <param name="ThreadsPerSlot">Training threads of each job.</param>
/// <param name="ReadThreads">Blocks that each job reads and decodes at once.</param>
/// <param name="RowBytes">Decoded rows of each job in memory, bytes; models come on top.</param>
/// <param name="CacheDirectory">Where decoded blocks are kept.</param>
/// <param name="CacheBytes">How large that may get, bytes.</param>
public sealed record ResourceBounds(int Slots, int ThreadsPerSlot, int ReadThreads, long RowBytes, string CacheDirectory, long CacheBytes)
{
    internal static ResourceBounds Of(IOptions<WorkerOptions> worker, IOptions<DataOptions> data) => new(
        worker.Value.Slots,
        worker.Value.ThreadsPerSlot,
        data.Value.ReadThreads,
        data.Value.MemoryBudgetBytes,
        data.Value.CacheDirectory,
        data.Value.CacheSizeLimitBytes);
}
