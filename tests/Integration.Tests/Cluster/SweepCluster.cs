using System.Globalization;
using System.Text.Json;
using CloudSweep.Protos.V1;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Processes;
using Grpc.Core;
using Grpc.Net.Client;

namespace CloudSweep.Integration.Tests.Cluster;

/// <summary>A Coordinator and Workers in processes of their own, a topic and a bucket of their own, and the command line beside them.</summary>
internal sealed class SweepCluster : IAsyncDisposable
{
    private const string Program = "cloudsweep.dll";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly CloudServices _services;
    private readonly TemporaryFolder _folder = new();
    private readonly string _address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
    private readonly string _name = $"sweep-{Guid.NewGuid():N}";
    private readonly List<ChildProcess> _workers = [];
    private readonly GrpcChannel _channel;
    private ChildProcess? _coordinator;

    public SweepCluster(CloudServices services)
    {
        _services = services;
        _channel = GrpcChannel.ForAddress(_address);
        Sweeps = new Sweeps.SweepsClient(_channel);
    }

    /// <summary>The Coordinator, as any client sees it.</summary>
    public Sweeps.SweepsClient Sweeps { get; }

    public ChildProcess Coordinator => _coordinator ?? throw new InvalidOperationException("The Coordinator was not started.");

    public IReadOnlyList<ChildProcess> Workers => _workers;

    /// <summary>Settings of the Coordinator beside the usual ones.</summary>
    public IReadOnlyList<string> CoordinatorSettings { get; set; } = [];

    /// <summary>Settings of Workers beside the usual ones.</summary>
    public IReadOnlyList<string> WorkerSettings { get; set; } = [];

    /// <summary>The topic of this cluster's notifications.</summary>
    public string Topic => _name;

    /// <summary>The path of something in the cluster's folder.</summary>
    public string this[string name] => _folder[name];

    /// <summary>Starts the Coordinator and <paramref name="workers"/> Workers, and waits until they are ready.</summary>
    public async Task StartAsync(int workers)
    {
        await _services.StartAsync();
        await StartCoordinatorAsync();
        for (var index = 0; index < workers; index++)
        {
            StartWorker();
        }

        await Task.WhenAll(_workers.Select(worker => worker.WaitForLineAsync("Application started")));
    }

    /// <summary>Starts the Coordinator, also where another has run with the same store and address.</summary>
    public async Task StartCoordinatorAsync()
    {
        _coordinator = Start(
            "coordinator",
            [$"--Listen={_address}",
            $"--Storage:Directory={_folder["coordinator"]}",
            $"--PubSub:Topic={_name}",
            "--Leases:Duration=00:00:05",
            "--Leases:ReapInterval=00:00:01",
            "--Dispatch:Interval=00:00:01",
            "--Dispatch:RepeatAfter=00:00:02",
            "--Packing:ExpectedSlots=3",
            .. CoordinatorSettings]);
        await _coordinator.WaitForLineAsync("Application started");
    }

    public ChildProcess StartWorker()
    {
        var index = _workers.Count.ToString(CultureInfo.InvariantCulture);
        var worker = Start(
            "worker",
            [$"--Worker:Coordinator={_address}",
            "--Worker:Threads=1",
            "--Worker:QuietTime=00:00:10",
            $"--PubSub:Subscription={_name}",
            $"--PubSub:Topic={_name}",
            $"--Data:CacheDirectory={_folder["cache-" + index]}",
            $"--Data:AllowedBuckets:0={CloudServices.Bucket}",
            "--Checkpoints:Interval=00:00:01",
            .. WorkerSettings]);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>A command of the command line, with its exit code and what it said.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> RunAsync(params IEnumerable<string> arguments)
    {
        await using var command = ChildProcess.Start(Program, _folder.Root, Environment(), arguments);
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

    /// <summary>Waits for the sweep's end and exports its results.</summary>
    /// <returns>The folder of the results.</returns>
    public async Task<string> FinishAsync(string sweep)
    {
        await WatchUntilAsync(sweep, progress => progress.State == SweepState.Completed);
        var (exitCode, _, errors) = await RunAsync("export", sweep, "--out", "results");
        Assert.True(exitCode == 0, errors);
        return _folder["results"];
    }

    /// <summary>What every process said.</summary>
    public string Said() => string.Join('\n', _workers.Prepend(Coordinator).Select(process => process.Said));

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        if (_coordinator is not null)
        {
            await _coordinator.DisposeAsync();
        }

        _folder.Dispose();
    }

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

    private ChildProcess Start(string command, params IEnumerable<string> settings) => ChildProcess.Start(
        Program,
        _folder.Root,
        Environment(),
        [command, .. settings, $"--PubSub:Project={CloudServices.Project}", $"--Checkpoints:Location=gs://{CloudServices.Bucket}/{_name}"]);

    private Dictionary<string, string> Environment() => new(_services.Environment) { ["CLOUDSWEEP_COORDINATOR"] = _address };
}
