using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.StorageEmulator;
using CloudSweep.StorageEmulator.Faults;

namespace CloudSweep.GoogleCloud.Tests.Storage;

/// <summary>Tests of one bucket on an emulator of its own.</summary>
public abstract class GcsStorageTests : IAsyncLifetime
{
    private BucketOnEmulator _bucket = null!;

    protected static CancellationToken None => TestContext.Current.CancellationToken;

    private protected static CloudStorageOptions SmallPieces => BucketOnEmulator.SmallPieces;

    private protected StorageEmulatorServer Server => _bucket.Server;

    /// <summary>The methods of the requests so far.</summary>
    private protected string[] Requests => [.. Server.Requests.Select(request => request.Method)];

    public async ValueTask InitializeAsync() => _bucket = await BucketOnEmulator.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _bucket.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected GcsObjectStore Open(CloudStorageOptions options, string bucket = BucketOnEmulator.Bucket) => _bucket.Open(options, bucket);

    private protected static byte[] Pattern(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private protected async Task<StoredObject> PutAsync(byte[] content, string name = "a")
    {
        Server.Put(BucketOnEmulator.Bucket, name, content);
        var version = await Open(SmallPieces).FindAsync(name, None);
        Server.ClearRequests();
        return version!;
    }

    /// <summary>Lets requests of a method fail.</summary>
    private protected void Strike(FaultEffect effect, string method, int first = 1, int count = 1) =>
        Server.Faults.Add(new Fault(effect) { Method = method, First = first, Count = count });

    /// <summary>Lets requests for an object's bytes fail.</summary>
    private protected void StrikeRead(FaultEffect effect, int count = 1, long? rangeStart = null) =>
        Server.Faults.Add(new Fault(effect) { Media = true, Count = count, RangeStart = rangeStart });

    /// <summary>What comes out of an object until its end or a failure.</summary>
    private protected static async Task<(byte[] Content, Exception? Failure)> ReadAsync(GcsObjectStore store, StoredObject version)
    {
        using var copy = new MemoryStream();
        var failure = await Record.ExceptionAsync(async () =>
        {
            await using var stream = await store.OpenAsync(version, None);
            await stream.CopyToAsync(copy, None);
        });
        return (copy.ToArray(), failure);
    }

    private protected static Task<StoredObject> WriteAsync(GcsObjectStore store, byte[] content, WriteCondition condition = WriteCondition.IsAbsent) =>
        store.WriteAsync("a", (stream, token) => stream.WriteAsync(content, token).AsTask(), condition, None);
}
