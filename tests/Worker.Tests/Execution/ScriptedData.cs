using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Execution;

/// <summary>Data without rows: profiles and opens as a test says.</summary>
internal sealed class ScriptedData : IShardProfiler, ITrainingRowsFactory
{
    public Func<Shard, CancellationToken, Task<ShardProfile>> OnProfile { get; set; } = (shard, _) => Task.FromResult(Some.ShardProfile(shard.Key));

    public Func<CancellationToken, Task> OnOpen { get; set; } = _ => Task.CompletedTask;

    /// <summary>The rows that opening gives.</summary>
    public ITrainingRows Rows { get; set; } = new NoRows();

    public long? OrderSeed { get; private set; }

    public Task<ShardProfile> ProfileAsync(Shard shard, DataSpec data, DataCounters counters, CancellationToken cancellationToken)
    {
        counters.AddTextRows(10);
        return OnProfile(shard, cancellationToken);
    }

    public async Task<ITrainingRows> OpenAsync(DataSpec data, ShardTable shards, DataProfile profile, long orderSeed, DataCounters counters, CancellationToken cancellationToken)
    {
        OrderSeed = orderSeed;
        await OnOpen(cancellationToken);
        return Rows;
    }

    private sealed class NoRows : ITrainingRows
    {
        public int FeatureCount => 1;

        public int ClassCount => 2;

        public double TargetDeviation => 1;

        public long TrainRows => 0;

        public long ValidationRows => 0;

        public long TestRows => 0;

        public IRowReader OpenEpoch(int epoch, long firstRow) => throw new NotSupportedException();

        public IRowReader OpenValidation() => throw new NotSupportedException();

        public IRowReader OpenTest() => throw new NotSupportedException();
    }
}
