using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports;

/// <summary>Any part of the stored bytes of one version of a shard. Used by one reader at a time.</summary>
public interface IShardRanges : IDisposable
{
    /// <summary>Stored bytes in all.</summary>
    long Length { get; }

    /// <summary>Stored bytes that were read when it was opened. Where it is not 0 all were, and reading them again costs nothing.</summary>
    long OpeningBytes { get; }

    /// <summary>Fills <paramref name="target"/> from <paramref name="offset"/> on; fewer bytes only where the shard ends. All that is returned is of the version that was opened.</summary>
    /// <exception cref="DataChangedException">The shard vanished or is another version.</exception>
    /// <exception cref="DataErrorException">It can't be read.</exception>
    ValueTask<int> ReadAsync(long offset, Memory<byte> target, CancellationToken cancellationToken);
}
