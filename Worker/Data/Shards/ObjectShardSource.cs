using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Core.Ports.Objects;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>Shards that are objects in buckets. Version = generation, and the checksum of the bytes is known before they are read.</summary>
internal sealed class ObjectShardSource(ObjectStores stores, IOptions<DataOptions> options) : IShardSource
{
    public async Task<ShardTable> FindAsync(string pattern, CancellationToken cancellationToken)
    {
        var parsed = ShardPattern.ParseObjects(pattern);
        var bucket = Open(pattern, parsed.Bucket!);
        try
        {
            var found = await FindAsync(bucket, parsed, cancellationToken).ToListAsync(cancellationToken);
            FoundShards.RequireContent(found.Where(stored => stored.SizeBytes == 0).Select(stored => ShardName.OfUri(stored.Name)));
            return FoundShards.ToTable(parsed, found.Select(stored =>
                new Shard(parsed.KeyOf(stored.Name), $"gs://{parsed.Bucket}/{stored.Name}", stored.SizeBytes, stored.Version, stored.Crc32C)));
        }
        catch (StorageException exception) when (!exception.IsTransient)
        {
            throw new DataErrorException($"The data pattern '{pattern}' can't be searched. {exception.Message}", exception);
        }
    }

    public async Task<Stream> OpenAsync(Shard shard, CancellationToken cancellationToken)
    {
        var stored = NameOf(shard);
        var bucket = Open(shard.Uri, stored.Root);
        try
        {
            return new ObjectShardStream(await OpenAsync(bucket, new StoredObject(stored.Path, shard.SizeBytes, shard.Version, shard.Crc32C), cancellationToken), shard);
        }
        catch (CloudSweepException exception) when (ShardFailures.Of(exception, shard) is { } failure)
        {
            throw failure;
        }
    }

    public async Task<IShardRanges> OpenRangesAsync(Shard shard, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(shard, cancellationToken);
        return await SpooledShardRanges.ReadAsync(stream, options.Value.CacheDirectory, cancellationToken);
    }

    /// <summary>An object that was uploaded again is another version, but the sweep goes on with it where its bytes are those that it was made with.</summary>
    private static async Task<Stream> OpenAsync(IObjectStore bucket, StoredObject version, CancellationToken cancellationToken)
    {
        try
        {
            return await bucket.OpenAsync(version, cancellationToken);
        }
        catch (ObjectChangedException)
        {
            var current = await bucket.FindAsync(version.Name, cancellationToken);
            if (version.Crc32C is null || current is null || (current.SizeBytes, current.Crc32C) != (version.SizeBytes, version.Crc32C))
            {
                throw;
            }

            return await bucket.OpenAsync(current, cancellationToken);
        }
    }

    private static async IAsyncEnumerable<StoredObject> FindAsync(
        IObjectStore bucket, ShardPattern pattern, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (pattern.Name is { } name)
        {
            if (await bucket.FindAsync(name, cancellationToken) is { } stored)
            {
                yield return stored;
            }

            yield break;
        }

        await foreach (var stored in bucket.ListAsync(pattern.FixedPrefix, cancellationToken))
        {
            if (pattern.MatchesName(stored.Name))
            {
                yield return stored;
            }
        }
    }

    private IObjectStore Open(string shown, string bucket) => options.Value.AllowedBuckets.Contains(bucket)
        ? stores.Open(new ObjectLocation(ObjectLocation.CloudStorageScheme, bucket, ""))
        : throw new DataErrorException($"'{shown}' may not be read: the bucket '{bucket}' is not one of Data:AllowedBuckets; allow it there, or copy the data to one that is.") { IsOfThisHost = true };

    private static ObjectLocation NameOf(Shard shard) => ObjectLocation.TryParse(shard.Uri) is { Path.Length: > 0 } location
        ? location
        : throw new DataErrorException($"The shard '{shard.Uri}' names no object; it must be gs://bucket/name.");
}
