using System.Diagnostics;
using System.Text.Json;
using CloudSweep.Protos.V1;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Processes;
using CloudSweep.Worker.Connection;
using Grpc.Core;
using Grpc.Net.Client;

namespace CloudSweep.Integration.Tests.Cluster;

/// <summary>A Coordinator and Workers that can be hurt, a topic and a bucket's prefix of their own, and the command line of this machine beside them.</summary>
internal abstract class SweepCluster : IAsyncDisposable
{
    protected const string Program = "cloudsweep.dll";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder _folder = new();
    private readonly List<IProgram> _programs = [];
    private readonly List<IProgram> _workers = [];
    private readonly GrpcChannel _channel;
    private readonly ConnectionOptions _connection;
    private IProgram? _coordinator;

    /// <param name="services">The emulators.</param>
    /// <param name="connection">How clients of this machine reach the Coordinator, before and after a restart.</param>
    protected SweepCluster(CloudServices services, ConnectionOptions connection)
    {
        (Services, _connection) = (services, connection);
        _channel = CoordinatorConnection.Open(connection);
        Sweeps = new Sweeps.SweepsClient(_channel);
    }

    public CloudServices Services { get; }

    /// <summary>The Coordinator, as any client sees it.</summary>
    public Sweeps.SweepsClient Sweeps { get; }

    public IProgram Coordinator => _coordinator ?? throw new InvalidOperationException("The Coordinator was not started.");

    /// <summary>Those that were started so far, in order.</summary>
    public IReadOnlyList<IProgram> Workers
    {
        get
        {
            lock (_workers)
            {
                return [.. _workers];
            }
        }
    }

    /// <summary>Settings of the Coordinator beside the usual ones.</summary>
    public IReadOnlyList<string> CoordinatorSettings { get; set; } = [];

    /// <summary>Settings of Workers beside the usual ones.</summary>
    public IReadOnlyList<string> WorkerSettings { get; set; } = [];

    /// <summary>The topic of this cluster's notifications, and its subscription.</summary>
    public string Topic { get; } = $"sweep-{Guid.NewGuid():N}";

    /// <summary>How long a lease lasts: short, so that tests need not wait long for one to end.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The path of something in the cluster's folder.</summary>
    public string this[string name] => _folder[name];

    /// <summary>Starts the Coordinator and <paramref name="workers"/> Workers, and waits until they are ready.</summary>
    public async Task StartAsync(int workers)
    {
        await Services.StartAsync();
        await StartCoordinatorAsync();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => StartWorkerAsync()));
    }

    /// <summary>Starts a cluster that nobody disposes yet, and disposes it if that fails.</summary>
    public static async Task<T> StartedAsync<T>(T cluster, int workers)
        where T : SweepCluster
    {
        try
        {
            await cluster.StartAsync(workers);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the Coordinator, also where another has run with the same store and address.</summary>
    public async Task StartCoordinatorAsync()
    {
        _coordinator = Add(await LaunchCoordinatorAsync([
            .. CommonSettings(),
            $"--PubSub:Topic={Topic}",
            $"--Leases:Duration={Lease}",
            "--Leases:ReapInterval=00:00:01",
            "--Dispatch:Interval=00:00:01",
            "--Dispatch:RepeatAfter=00:00:02",
            "--Packing:ExpectedSlots=3",
            .. CoordinatorSettings]));
        await _coordinator.WaitForLineAsync("Application started");
    }

    /// <summary>Starts one more Worker, and waits until it is ready.</summary>
    public async Task<IProgram> StartWorkerAsync()
    {
        var worker = Add(await LaunchWorkerAsync(SettingsOfWorkers()));
        lock (_workers)
        {
            _workers.Add(worker);
        }

        await worker.WaitForLineAsync("Application started");
        return worker;
    }

    /// <summary>A command of the command line, with its exit code and what it said.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> RunAsync(params IEnumerable<string> arguments)
    {
        var environment = new Dictionary<string, string>(Services.Environment)
        {
            ["CLOUDSWEEP_COORDINATOR"] = _connection.Coordinator,
            ["CLOUDSWEEP_CA_FILE"] = _connection.CaFile,
            ["CLOUDSWEEP_TOKEN_FILE"] = _connection.TokenFile,
        };
        await using var command = ChildProcess.Start(Program, _folder.Root, environment, arguments);
        return await command.WaitAsync();
    }

    /// <summary>Writes a sweep file and submits it. Returns the sweep's id.</summary>
    public async Task<string> SubmitAsync(string sweepFile)
    {
        await File.WriteAllTextAsync(_folder["sweep.yaml"], sweepFile, TestContext.Current.CancellationToken);
        var (exitCode, output, errors) = await RunAsync("submit", "sweep.yaml", "--output", "json");
        Assert.True(exitCode == 0, errors);
        return JsonDocument.Parse(output).RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Progress after progress, until one is as wanted. Goes on over restarts of the Coordinator.</summary>
    public async Task<SweepProgress> WatchUntilAsync(string sweep, Func<SweepProgress, bool> isWanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            while (true)
            {
                if (await WatchOnceAsync(sweep, isWanted, limit.Token) is { } progress)
                {
                    return progress;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
            }
        }
        catch (OperationCanceledException exception) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The sweep is not as wanted after {Patience.TotalMinutes} min.\n{Said()}", exception);
        }
    }

    /// <summary>Waits until two checkpoints were there. The Coordinator knows the first, for the second was saved a while later.</summary>
    /// <returns>The names of both.</returns>
    public async Task<IReadOnlySet<string>> UntilSavedTwiceAsync()
    {
        var seen = new HashSet<string>();
        var watch = Stopwatch.StartNew();
        while (seen.Count < 2)
        {
            Assert.True(watch.Elapsed < Patience, $"No two checkpoints were stored within {Patience.TotalMinutes} min.\n{Said()}");
            var stored = await Services.Bucket.ListAsync($"{Topic}/");
            seen.UnionWith(stored.Where(name => !name.Contains("-trial-", StringComparison.Ordinal)).Select(name => name[(Topic.Length + 1)..]));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return seen;
    }

    /// <summary>Waits for the sweep's end and exports its results.</summary>
    /// <returns>The folder of the results.</returns>
    public async Task<string> FinishAsync(string sweep)
    {
        await WatchUntilAsync(sweep, progress => progress.State == SweepState.Completed);
        var (exitCode, _, errors) = await RunAsync("export", sweep, "--out", "results");
        Assert.True(exitCode == 0, errors);
        return _folder["results"];
    }

    /// <summary>All that is known of a sweep.</summary>
    public async Task<DescribeSweepResponse> DescribeAsync(string sweep) =>
        await Sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>What every program said.</summary>
    public string Said()
    {
        lock (_programs)
        {
            return string.Join('\n', _programs.Select(program => program.Said));
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await Task.WhenAll(_programs.Select(program => program.DisposeAsync().AsTask()));
        _folder.Dispose();
    }

    /// <summary>Starts a Coordinator at the address of this cluster, with its store.</summary>
    /// <param name="settings">Beside those of address, store and credentials.</param>
    protected abstract Task<IProgram> LaunchCoordinatorAsync(IEnumerable<string> settings);

    /// <summary>Starts a Worker with an empty cache.</summary>
    /// <param name="settings">Beside those of the Coordinator's address, cache and credentials.</param>
    protected abstract Task<IProgram> LaunchWorkerAsync(IEnumerable<string> settings);

    /// <summary>Settings of every Worker of the cluster.</summary>
    protected IEnumerable<string> SettingsOfWorkers() =>
    [
        .. CommonSettings(),
        "--Worker:Threads=1",
        "--Worker:QuietTime=00:00:10",
        $"--PubSub:Subscription={Topic}",
        $"--PubSub:Topic={Topic}",
        $"--Data:AllowedBuckets:0={CloudServices.BucketName}",
        "--Checkpoints:Interval=00:00:01",
        .. WorkerSettings,
    ];

    /// <summary>Has a program end with the cluster.</summary>
    protected IProgram Add(IProgram program)
    {
        lock (_programs)
        {
            _programs.Add(program);
        }

        return program;
    }

    private IEnumerable<string> CommonSettings() => [$"--PubSub:Project={CloudServices.Project}", $"--Checkpoints:Location=gs://{CloudServices.BucketName}/{Topic}"];

    /// <summary>The progress that is wanted; null when the connection ends before it comes.</summary>
    private async Task<SweepProgress?> WatchOnceAsync(string sweep, Func<SweepProgress, bool> isWanted, CancellationToken cancellationToken)
    {
        try
        {
            using var call = Sweeps.WatchSweep(new WatchSweepRequest { Sweep = sweep }, cancellationToken: cancellationToken);
            await foreach (var progress in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                if (isWanted(progress))
                {
                    return progress;
                }

                Assert.True(progress.State is SweepState.Preparing or SweepState.Running, $"{progress.State}: {progress.Reason}\n{Said()}");
            }
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled or StatusCode.Unknown)
        {
            // The Coordinator is being restarted; the connection comes back by itself.
        }

        return null;
    }
}
