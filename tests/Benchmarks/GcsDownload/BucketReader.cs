using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Benchmarks.GcsDownload;

/// <summary>Reads all objects of the bucket by CloudSweep's own client, with its default settings, and does nothing with the bytes.</summary>
internal sealed class BucketReader : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IObjectStore _store;
    private readonly IReadOnlyList<StoredObject> _objects;

    private BucketReader(ServiceProvider services, IObjectStore store, IReadOnlyList<StoredObject> objects)
    {
        _services = services;
        _store = store;
        _objects = objects;
    }

    public static async Task<BucketReader> OpenAsync(string address, string prefix, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("STORAGE_EMULATOR_HOST", address)]).Build();
        var services = new ServiceCollection().AddGoogleCloudStorage(configuration).BuildServiceProvider();
        var store = services.GetRequiredService<ObjectStores>().Open(new ObjectLocation(ObjectLocation.CloudStorageScheme, DataSet.Bucket, ""));
        var objects = await store.ListAsync(prefix, cancellationToken).ToListAsync(cancellationToken);
        return new BucketReader(services, store, objects);
    }

    /// <param name="parallelObjects">Objects that are read at a time.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many bytes came.</returns>
    public async Task<long> ReadAsync(int parallelObjects, CancellationToken cancellationToken)
    {
        var total = 0L;
        await Parallel.ForEachAsync(
            _objects,
            new ParallelOptions { MaxDegreeOfParallelism = parallelObjects, CancellationToken = cancellationToken },
            async (item, token) => Interlocked.Add(ref total, await ReadAsync(item, token)));
        return total;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<long> ReadAsync(StoredObject item, CancellationToken cancellationToken)
    {
        await using var stream = await _store.OpenAsync(item, cancellationToken);
        var buffer = new byte[1 << 18];
        var total = 0L;
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            total += count;
        }

        return total;
    }
}
