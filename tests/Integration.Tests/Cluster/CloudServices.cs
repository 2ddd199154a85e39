using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Processes;
using CloudSweep.TestSupport.PubSub;

namespace CloudSweep.Integration.Tests.Cluster;

/// <summary>Google's Pub/Sub emulator and our Cloud Storage emulator, with real data in a bucket.</summary>
public sealed class CloudServices : IAsyncLifetime
{
    public const string Project = "cloudsweep-test";
    public const string Bucket = "cloudsweep-data";

    private readonly TemporaryFolder _data = new();
    private readonly PubSubEmulator _pubSub = PubSubEmulator.Own();
    private ChildProcess? _storage;
    private string _storageAddress = "";
    private string _pubSubAddress = "";

    /// <summary>Where mnist10k lies beside the repository; it may not be there.</summary>
    public static string Mnist { get; } = Path.GetFullPath(Repository.PathOf("..", "shared", "data", "mnist10k"));

    /// <summary>Variables that lead programs to the emulators.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["PUBSUB_EMULATOR_HOST"] = _pubSubAddress,
        ["STORAGE_EMULATOR_HOST"] = _storageAddress,
    };

    /// <summary><c>host:port</c> of the broker, the same after a restart.</summary>
    public string PubSubAddress => _pubSubAddress;

    public Task RestartPubSubAsync() => _pubSub.RestartAsync();

    /// <summary>Stores an object in the bucket, in place of one that is there.</summary>
    public async Task UploadAsync(string name, byte[] content)
    {
        using var http = new HttpClient();
        using var body = new ByteArrayContent(content);
        using var answer = await http.PostAsync(new Uri($"{_storageAddress}/upload/storage/v1/b/{Bucket}/o?uploadType=media&name={Uri.EscapeDataString(name)}"), body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Starts the emulators unless they run. Skips the test where there is no Pub/Sub emulator.</summary>
    public async Task StartAsync()
    {
        _pubSubAddress = await _pubSub.RequireAsync();
        if (_storage is null)
        {
            _storage = ChildProcess.Start("CloudSweep.StorageEmulator.dll", _data.Root, new Dictionary<string, string>(), "--urls", "http://127.0.0.1:0", "--data", _data.Root);
            var line = await _storage.WaitForLineAsync("listening on ");
            _storageAddress = line[line.IndexOf("http", StringComparison.Ordinal)..].Trim();
        }
    }

    public ValueTask InitializeAsync()
    {
        Copy(Repository.PathOf("examples", "data", "digits"), "digits");
        if (Directory.Exists(Mnist))
        {
            Copy(Mnist, "mnist10k");
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_storage is not null)
        {
            await _storage.DisposeAsync();
        }

        await _pubSub.DisposeAsync();
        _data.Dispose();
    }

    private void Copy(string folder, string name)
    {
        var target = Directory.CreateDirectory(Path.Combine(_data.Root, Bucket, name)).FullName;
        foreach (var file in Directory.EnumerateFiles(folder, "part-*.csv.gz"))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }
}
