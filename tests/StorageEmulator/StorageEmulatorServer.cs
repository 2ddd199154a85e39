using CloudSweep.StorageEmulator.Faults;
using CloudSweep.StorageEmulator.Http;
using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator;

/// <summary>A Cloud Storage JSON API server for tests: faithful in what clients see, with faults on request.</summary>
public sealed class StorageEmulatorServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly BucketTable _buckets;
    private readonly RequestLog _log;
    private readonly Shaping _shaping;

    private StorageEmulatorServer(WebApplication app)
    {
        _app = app;
        _buckets = app.Services.GetRequiredService<BucketTable>();
        _log = app.Services.GetRequiredService<RequestLog>();
        _shaping = app.Services.GetRequiredService<Shaping>();
        Faults = app.Services.GetRequiredService<FaultScript>();
        Address = new Uri(app.Urls.Single());
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:12345/</c>.</summary>
    public Uri Address { get; }

    /// <summary>What is to go wrong.</summary>
    public FaultScript Faults { get; }

    /// <summary>The requests so far, in the order in which they came.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _log.Snapshot();

    /// <summary>Bytes per second of each answer's body, from the next request on; null for no limit.</summary>
    public long? StreamBytesPerSecond
    {
        get => _shaping.BytesPerSecond;
        set => _shaping.BytesPerSecond = value;
    }

    /// <summary>Starts a server and waits until it listens.</summary>
    public static Task<StorageEmulatorServer> StartAsync(CancellationToken cancellationToken = default) =>
        StartAsync(new StorageEmulatorOptions(), cancellationToken);

    /// <inheritdoc cref="StartAsync(CancellationToken)"/>
    public static async Task<StorageEmulatorServer> StartAsync(StorageEmulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var app = StorageEmulatorHost.Build(options);
        await app.StartAsync(cancellationToken);
        return new StorageEmulatorServer(app);
    }

    public void CreateBucket(string bucket) => _buckets.Ensure(bucket);

    /// <summary>Stores an object, and its bucket where that is missing.</summary>
    /// <returns>Its generation.</returns>
    public long Put(string bucket, string name, byte[] bytes, string? contentType = null, string? contentEncoding = null)
    {
        _buckets.Ensure(bucket);
        return _buckets.Put(bucket, new NewObject(name, new MemoryContent(bytes), contentType, contentEncoding), Preconditions.None).Generation;
    }

    /// <summary>The stored bytes of an object; null when there is none.</summary>
    public byte[]? Find(string bucket, string name) => _buckets.Find(bucket, name)?.Content.ToArray();

    /// <summary>Deletes an object, which must be there.</summary>
    public void Delete(string bucket, string name) => _buckets.Delete(bucket, name, generation: null, Preconditions.None);

    public void ClearRequests() => _log.Clear();

    /// <summary>Completes when the process is told to end (SIGTERM, SIGINT).</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
