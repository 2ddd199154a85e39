using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.GoogleCloud.Storage.Http;
using CloudSweep.StorageEmulator;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSweep.GoogleCloud.Tests.Storage;

/// <summary>A bucket, new and empty, of an emulator of its own.</summary>
internal sealed class BucketOnEmulator : IAsyncDisposable
{
    public const string Bucket = "bucket";

    private readonly List<StorageClient> _clients = [];

    private BucketOnEmulator(StorageEmulatorServer server) => Server = server;

    /// <summary>Ranges and chunks small enough that some megabytes make many; pauses too short to be noticed.</summary>
    public static CloudStorageOptions SmallPieces { get; } = new()
    {
        RangeBytes = 256 << 10,
        ParallelRanges = 4,
        WriteChunkBytes = 256 << 10,
        ListPageSize = 50,
        MaxAttempts = 3,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        LongestRetryDelay = TimeSpan.FromMilliseconds(2),
    };

    public StorageEmulatorServer Server { get; }

    public static async Task<BucketOnEmulator> StartAsync()
    {
        var server = await StorageEmulatorServer.StartAsync(TestContext.Current.CancellationToken);
        server.CreateBucket(Bucket);
        return new BucketOnEmulator(server);
    }

    public GcsObjectStore Open(CloudStorageOptions options, string bucket = Bucket)
    {
        var endpoint = new StorageEndpoint(Server.Address, IsEmulator: true);
        var noAccount = new AccessTokens(new ApplicationDefaultCredentials(_ => throw new InvalidOperationException("an emulator wants no token")));
        var client = new StorageClient(endpoint, noAccount, options, TimeProvider.System, new Random(1), NullLogger<StorageClient>.Instance);
        _clients.Add(client);
        return new GcsObjectStore(bucket, client);
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Server.DisposeAsync();
    }
}
