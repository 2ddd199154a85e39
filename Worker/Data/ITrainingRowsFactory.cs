using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data;

/// <summary>Opens a profiled data set for training, refilling missing cached blocks from text.</summary>
internal interface ITrainingRowsFactory
{
    /// <summary>The rows in the order of <paramref name="orderSeed"/>. The result must be disposed when it is <see cref="IDisposable"/>.</summary>
    Task<ITrainingRows> OpenAsync(DataSpec data, ShardTable shards, DataProfile profile, long orderSeed, DataCounters counters, CancellationToken cancellationToken);
}
