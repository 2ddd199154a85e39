using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports;

/// <summary>Finds and opens the shards of a data set.</summary>
public interface IShardSource
{
    /// <summary>The shards that match an absolute pattern (a path or URI with at most <c>*</c> and <c>?</c> in its last segments), with keys, in key order.</summary>
    /// <exception cref="DataErrorException">Nothing matches, two shards share a key, or a place is not allowed.</exception>
    Task<ShardTable> FindAsync(string pattern, CancellationToken cancellationToken);

    /// <summary>Opens the stored bytes of a shard (still compressed) at <paramref name="offset"/>.</summary>
    /// <exception cref="DataChangedException">The shard vanished or is another version.</exception>
    /// <exception cref="DataErrorException">The place is not allowed or can't be read.</exception>
    Task<Stream> OpenAsync(Shard shard, long offset, CancellationToken cancellationToken);

    /// <summary>Opens the stored bytes of a shard for reads in any order.</summary>
    /// <exception cref="DataChangedException">The shard vanished or is another version.</exception>
    /// <exception cref="DataErrorException">The place is not allowed or can't be read.</exception>
    Task<IShardRanges> OpenRangesAsync(Shard shard, CancellationToken cancellationToken);
}
