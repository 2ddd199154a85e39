using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data;

/// <summary>Reads a shard's text once, writes its blocks to the cache and says what it learned.</summary>
internal interface IShardProfiler
{
    /// <exception cref="DataErrorException">A row breaks a rule; the message lists the first mistakes with shard, line and column.</exception>
    /// <exception cref="DataChangedException">The shard is not the version in the table.</exception>
    Task<ShardProfile> ProfileAsync(Shard shard, DataSpec data, DataCounters counters, CancellationToken cancellationToken);
}
