using System.Globalization;
using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Containers;
using CloudSweep.TestSupport.Processes;
using CloudSweep.Worker.Connection;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Volumes;

namespace CloudSweep.Integration.Tests.Containers;

/// <summary>A cluster of containers on a network of their own: TLS and tokens between them, the Coordinator's store on a volume.</summary>
internal sealed class ContainerCluster : SweepCluster
{
    private const int CoordinatorPort = 5443;

    private static readonly string InnerAddress = string.Create(CultureInfo.InvariantCulture, $"https://coordinator:{CoordinatorPort}");

    private readonly ContainerServices _containers;
    private readonly ConnectionOptions _connection;
    private readonly int _port;
    private readonly IVolume _store = new VolumeBuilder().WithName($"cloudsweep-test-{Guid.NewGuid():N}").Build();

    private ContainerCluster(ContainerServices containers, ConnectionOptions connection, int port)
        : base(containers.Cloud, connection) => (_containers, _connection, _port) = (containers, connection, port);

    /// <summary>Where programs of this machine reach the Coordinator, the broker and the bucket.</summary>
    public IEnumerable<int> PublishedPorts =>
        [_port, .. Services.Environment.Values.Select(address => int.Parse(address.AsSpan(address.LastIndexOf(':') + 1), CultureInfo.InvariantCulture))];

    /// <summary>Nothing but the emulators runs before <see cref="SweepCluster.StartAsync"/>. Skips the test where there can't be containers.</summary>
    /// <param name="containers">The network and what is on it.</param>
    /// <param name="lease">How long a lease lasts; null: as short as chaos wants it.</param>
    public static async Task<ContainerCluster> CreateAsync(ContainerServices containers, TimeSpan? lease = null)
    {
        await containers.StartAsync();
        var port = FreePort.Next();
        var connection = new ConnectionOptions
        {
            Coordinator = string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{port}"),
            CaFile = containers.Credentials["ca.pem"],
            TokenFile = containers.Credentials["submitter.token"],
        };
        return lease is null ? new ContainerCluster(containers, connection, port) : new ContainerCluster(containers, connection, port) { Lease = lease.Value };
    }

    /// <summary>Starts a Worker as a process of this machine, which knows of the containers only what they publish.</summary>
    public async Task<ChildProcess> StartOutsideWorkerAsync()
    {
        var worker = ChildProcess.Start(
            Program,
            this["."],
            Services.Environment,
            ["worker", .. SettingsOfWorkers(), .. ConnectionSettings(_connection.Coordinator, _connection.CaFile, _containers.Credentials["worker.token"]), $"--Data:CacheDirectory={this["outside-cache"]}"]);
        Add(worker);
        await worker.WaitForLineAsync("Application started");
        return worker;
    }

    /// <summary>Takes a Worker off the network.</summary>
    public Task CutOffAsync(IProgram worker) => ((ContainerProgram)worker).CutOffAsync(_containers.Network);

    /// <summary>Puts a Worker back on the network.</summary>
    public Task ReconnectAsync(IProgram worker) => ((ContainerProgram)worker).ReconnectAsync(_containers.Network);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _store.DisposeAsync();
    }

    protected override Task<IProgram> LaunchCoordinatorAsync(IEnumerable<string> settings) => LaunchAsync(
        "coordinator",
        container => container.WithNetworkAliases("coordinator").WithLoopbackPort(_port, CoordinatorPort).WithVolumeMount(_store, "/var/lib/cloudsweep"),
        ["tls.pem", "tls.key", "tokens"],
        [
            .. settings,
            $"--Listen=https://*:{CoordinatorPort}",
            $"--Tls:CertificateFile={Credentials.Folder}/tls.pem",
            $"--Tls:KeyFile={Credentials.Folder}/tls.key",
            $"--Tokens:File={Credentials.Folder}/tokens",
        ]);

    protected override Task<IProgram> LaunchWorkerAsync(IEnumerable<string> settings) => LaunchAsync(
        "worker",
        container => container,
        ["ca.pem", "worker.token"],
        [.. settings, .. ConnectionSettings(InnerAddress, $"{Credentials.Folder}/ca.pem", $"{Credentials.Folder}/worker.token")]);

    private static IEnumerable<string> ConnectionSettings(string address, string caFile, string tokenFile) =>
        [$"--Worker:Coordinator={address}", $"--Worker:CaFile={caFile}", $"--Worker:TokenFile={tokenFile}"];

    private async Task<IProgram> LaunchAsync(string image, Func<ContainerBuilder, ContainerBuilder> describe, IEnumerable<string> files, IEnumerable<string> settings)
    {
        var container = describe(new ContainerBuilder(CloudSweepImage.Of(image)))
            .WithNetwork(_containers.Network)
            .WithEnvironment("PUBSUB_EMULATOR_HOST", "pubsub:8085")
            .WithEnvironment("STORAGE_EMULATOR_HOST", "http://storage:4443")
            .WithCommand([.. settings]);
        return await ContainerProgram.StartAsync(_containers.Credentials.CopyTo(container, files));
    }
}
