using CloudSweep.TestSupport.Containers;
using CloudSweep.TestSupport.Emulators;
using CloudSweep.TestSupport.Processes;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;

namespace CloudSweep.TestSupport.CloudStorage;

/// <summary>Our Cloud Storage server: the one that STORAGE_EMULATOR_HOST names, else a container, else a process. What is uploaded is in its memory only.</summary>
public sealed class CloudStorageEmulator : Emulator
{
    private const string Program = "CloudSweep.StorageEmulator.dll";

    private static readonly EmulatorTraits Traits = new(
        "storage",
        CloudSweepImage.Of("storage-emulator"),
        MayPull: false,
        Port: 4443,
        AddressPrefix: "http://",
        HealthPath: "/_emulator/health",
        $"{CloudSweepImage.Missing} Or build {Program} beside the tests, or set STORAGE_EMULATOR_HOST.");

    private readonly string _data;

    /// <param name="data">Folder of buckets that it has from the start.</param>
    public CloudStorageEmulator(string data)
        : this(data, Environment.GetEnvironmentVariable("STORAGE_EMULATOR_HOST"), network: null)
    {
    }

    private CloudStorageEmulator(string data, string? endpoint, INetwork? network)
        : base(Traits, endpoint, network) => _data = data;

    /// <summary>One of its own whatever STORAGE_EMULATOR_HOST says, for tests that restart it.</summary>
    /// <param name="data">Folder of buckets that it has from every start.</param>
    public static CloudStorageEmulator Own(string data) => new(data, endpoint: null, network: null);

    /// <summary>A container of its own that others reach as <c>http://storage:4443</c>.</summary>
    /// <param name="network">Of the containers.</param>
    /// <param name="data">Folder of buckets that it has from every start.</param>
    public static CloudStorageEmulator On(INetwork network, string data) => new(data, endpoint: null, network);

    protected override bool HasProgram => File.Exists(Path.Combine(AppContext.BaseDirectory, Program));

    protected override ContainerBuilder Describe(ContainerBuilder container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return container.WithResourceMapping(new DirectoryInfo(_data), "/data/").WithCommand("--urls", "http://*:4443", "--data", "/data");
    }

    protected override IProgram StartProcess(int port) =>
        ChildProcess.Start(Program, _data, new Dictionary<string, string>(), "--urls", $"http://127.0.0.1:{port}", "--data", _data);

    protected override async Task<string> PrepareAsync(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var url = address.Contains("://", StringComparison.Ordinal) ? address : Traits.AddressPrefix + address;
        foreach (var folder in Directory.EnumerateDirectories(_data))
        {
            var bucket = new EmulatedBucket(url, Path.GetFileName(folder));
            await bucket.CreateAsync();
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                await bucket.UploadAsync(Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'), await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            }
        }

        return url;
    }
}
