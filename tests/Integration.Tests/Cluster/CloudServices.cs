using CloudSweep.TestSupport.CloudStorage;
using CloudSweep.TestSupport.PubSub;

namespace CloudSweep.Integration.Tests.Cluster;

/// <summary>Google's Pub/Sub emulator and our Cloud Storage emulator, with real data in a bucket. Started at the first use.</summary>
public sealed class CloudServices : IAsyncDisposable
{
    public const string Project = "cloudsweep-test";
    public const string BucketName = "cloudsweep-data";

    private readonly TrainingData _data;
    private readonly PubSubEmulator _pubSub;
    private readonly CloudStorageEmulator _storage;
    private string _storageAddress = "";

    public CloudServices()
        : this(new TrainingData(), PubSubEmulator.Own(), data => new CloudStorageEmulator(data))
    {
    }

    internal CloudServices(TrainingData data, PubSubEmulator pubSub, Func<string, CloudStorageEmulator> storage) =>
        (_data, _pubSub, _storage) = (data, pubSub, storage(data.Folder));

    /// <summary>Variables that lead programs of this machine to the emulators.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["PUBSUB_EMULATOR_HOST"] = PubSubAddress,
        ["STORAGE_EMULATOR_HOST"] = _storageAddress,
    };

    /// <summary><c>host:port</c> of the broker, the same after a restart.</summary>
    public string PubSubAddress { get; private set; } = "";

    /// <summary>The bucket with the data, and with what Workers store.</summary>
    public EmulatedBucket Bucket => new(_storageAddress, BucketName);

    /// <summary>Starts the emulators unless they run. Skips the test where they can't be had.</summary>
    public async Task StartAsync()
    {
        PubSubAddress = await _pubSub.RequireAsync();
        _storageAddress = await _storage.RequireAsync();
    }

    /// <summary>Topics, subscriptions and messages are gone.</summary>
    public Task RestartPubSubAsync() => _pubSub.RestartAsync();

    /// <summary>What was uploaded is gone, such as checkpoints; the training data is there again, uploaded anew as it were.</summary>
    public Task RestartStorageAsync() => _storage.RestartAsync();

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        await _pubSub.DisposeAsync();
        _data.Dispose();
    }
}
