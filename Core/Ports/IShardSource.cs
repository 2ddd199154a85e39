using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Core.Ports;

/// <summary>Finds and opens the shards of a data set.</summary>
public interface IShardSource
{
    /// <summary>The shards that match an absolute pattern (a path or URI with at most <c>*</c> and <c>?</c> in its last segments), with keys, in key order.</summary>
    /// <exception cref="DataErrorException">Nothing matches, two shards share a key, or a place is not allowed or can't be read.</exception>
    /// <exception cref="StorageException">The store is busy or unreachable.</exception>
    Task<ShardTable> FindAsync(string pattern, CancellationToken cancellationToken);

    /// <summary>
    /// Opens the stored bytes of a shard (still compressed). The end is only reached after they were found to be of this version and, where the store knows
    /// their checksum, right.
    /// </summary>
    /// <exception cref="DataChangedException">The shard vanished or is another version.</exception>
    /// <exception cref="DataErrorException">The place is not allowed or can't be read; also thrown by reads.</exception>
    /// <exception cref="StorageException">The store is busy or unreachable; also thrown by reads.</exception>
    Task<Stream> OpenAsync(Shard shard, CancellationToken cancellationToken);

    /// <summary>Opens the stored bytes of a shard for reads in any order.</summary>
    /// <exception cref="DataChangedException">The shard vanished or is another version.</exception>
    /// <exception cref="DataErrorException">The place is not allowed or can't be read; also thrown by reads.</exception>
    /// <exception cref="StorageException">The store is busy or unreachable; also thrown by reads.</exception>
    Task<IShardRanges> OpenRangesAsync(Shard shard, CancellationToken cancellationToken);
}
