using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>What a failure of a store means for the shard that is read. One that may pass stays what it is: the attempt is tried again.</summary>
internal static class ShardFailures
{
    /// <summary>The failure in words of data; null where it has none.</summary>
    public static CloudSweepException? Of(CloudSweepException exception, Shard shard) => exception switch
    {
        ObjectChangedException => new DataChangedException(
            $"{ShardName.OfUri(shard.Uri)} was replaced or deleted since the sweep was made; the sweep needs the bytes that it was made with (generation {shard.Version}), so upload those again and resume it, or submit the file again, which makes a new sweep.", exception),
        StorageException { IsTransient: false } => new DataErrorException($"{ShardName.OfUri(shard.Uri)} can't be read. {exception.Message}", exception) { IsOfThisHost = true },
        _ => null,
    };
}
