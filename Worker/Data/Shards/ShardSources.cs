using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>Shards wherever a pattern or URI says they are: in a bucket, else on this machine.</summary>
internal sealed class ShardSources(LocalShardSource local, ObjectShardSource objects) : IShardSource
{
    public Task<ShardTable> FindAsync(string pattern, CancellationToken cancellationToken) => SourceOf(pattern).FindAsync(pattern, cancellationToken);

    public Task<Stream> OpenAsync(Shard shard, CancellationToken cancellationToken) => SourceOf(shard.Uri).OpenAsync(shard, cancellationToken);

    public Task<IShardRanges> OpenRangesAsync(Shard shard, CancellationToken cancellationToken) => SourceOf(shard.Uri).OpenRangesAsync(shard, cancellationToken);

    private IShardSource SourceOf(string place) => ObjectLocation.IsCloudStorage(place) ? objects : local;
}
