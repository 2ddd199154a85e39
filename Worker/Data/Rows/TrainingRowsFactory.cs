using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Training;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Keeps a data set of one window decoded in memory and streams larger ones; the numbers are the same.</summary>
internal sealed class TrainingRowsFactory(CachedShards cache, IOptions<DataOptions> options) : ITrainingRowsFactory
{
    /// <summary>Most bytes of a data set that stays decoded in memory. Default: half of the memory budget.</summary>
    internal long ResidentLimitBytes { get; init; } = options.Value.MemoryBudgetBytes / 2;

    public async Task<ITrainingRows> OpenAsync(DataSpec data, ShardTable shards, DataProfile profile, long orderSeed, DataCounters counters, CancellationToken cancellationToken)
    {
        CheckSides(data, profile);
        var transform = FeatureTransform.Create(data, profile);
        var set = new DataSet(data, shards, profile, transform, cache, counters, options.Value.ReadThreads);
        var memory = RowMemory.Of(options.Value.MemoryBudgetBytes, ResidentLimitBytes, set.Threads, profile, transform.FeatureCount);
        return memory.IsResident
            ? await Task.Run(() => ResidentRows.LoadAsync(set, orderSeed, cancellationToken), cancellationToken)
            : new StreamedRows(set, orderSeed, memory);
    }

    private static void CheckSides(DataSpec data, DataProfile profile)
    {
        if (profile.TrainRows() == 0 || profile.ValidationRows() == 0)
        {
            throw new DataErrorException($"The split leaves {profile.TrainRows()} training rows and {profile.ValidationRows()} validation rows (fraction {data.Validation.Fraction}); both sides need at least one, so give more data or another fraction.");
        }
    }
}
