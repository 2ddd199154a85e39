using System.Collections.Concurrent;
using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Processes;
using Grpc.Core;
using Grpc.Net.Client;
using SweepState = CloudSweep.Protos.V1.SweepState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Many callers at once, against a Coordinator in a process of its own that is killed under them.</summary>
public sealed class ManyCallersTests
{
    private const int Callers = 64;
    private const int Rates = 500;
    private const int Repeats = 4;
    private const int Trials = Rates * Repeats;
    private const int TrialsBeforeKill = 600;

    private readonly ConcurrentDictionary<int, double> _acknowledged = [];
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _wishes;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneTrialJobs_KilledInTheMiddle_AllEndOnceAndNothingAcknowledgedIsLost()
    {
        using var folder = new TemporaryFolder();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        using var channel = GrpcChannel.ForAddress(address);
        var (jobs, sweeps) = (new Jobs.JobsClient(channel), new Sweeps.SweepsClient(channel));
        SweepProgress progress;
        Dictionary<int, double> stored;

        var coordinator = Start(folder, address);
        try
        {
            var spec = Samples.Spec with
            {
                LearningRate = new LearningRateGrid.Log(1e-4, 1, Rates),
                Repeats = Repeats,
                Execution = Samples.Spec.Execution with { TrialsPerJob = 1 },
            };
            var sweep = (await CallAsync(() => sweeps.SubmitSweepAsync(Samples.Submission(spec)))).Sweep;
            await ProfileAsync(jobs);
            var working = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => WorkAsync(jobs), None)));
            await _enough.Task;
            await coordinator.DisposeAsync();
            coordinator = Start(folder, address);
            await working;

            progress = (await sweeps.ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None)).Sweeps[0];
            stored = await LossesAsync(sweeps, sweep);
        }
        finally
        {
            await coordinator.DisposeAsync();
        }

        Assert.Equal((SweepState.Completed, Trials, Trials * Samples.StepsPerTrial), (progress.State, progress.Trials.Completed, progress.StepsDone));
        Assert.Equal(Trials, _acknowledged.Count);
        Assert.Equal(_acknowledged.OrderBy(trial => trial.Key), stored.OrderBy(trial => trial.Key));
        Assert.Equal(stored.Values.Min(), progress.Best.Metrics[0].Value);
        Assert.Equal(Trials * Samples.RowsPerTrial, progress.LaneRows);
    }

    private static ChildProcess Start(TemporaryFolder folder, string address) => ChildProcess.Start(
        "CloudSweep.Coordinator.dll",
        folder.Root,
        new Dictionary<string, string>(),
        $"--Listen={address}",
        $"--Storage:Directory={folder["state"]}",
        $"--Checkpoints:Location={folder["checkpoints"]}");

    private async Task ProfileAsync(Jobs.JobsClient jobs)
    {
        var wish = Wish();
        var grant = (await CallAsync(() => jobs.AcquireJobAsync(wish))).Granted;
        await jobs.ReportProgressAsync(new ReportProgressRequest { Lease = grant.Lease, ShardProfiles = { grant.Profile.ShardKeys.Select(Samples.Profile) } }, cancellationToken: None);
        await jobs.FinishJobAsync(new FinishJobRequest { Lease = grant.Lease }, cancellationToken: None);
    }

    private async Task WorkAsync(Jobs.JobsClient jobs)
    {
        var wish = Wish();
        for (var grant = (await CallAsync(() => jobs.AcquireJobAsync(wish))).Granted; grant is not null;)
        {
            // No two attempts measure the same, so a trial that was trained twice shows.
            var (trial, loss) = (grant.Train.Trials[0].Number, Random.Shared.NextDouble());
            var report = new ReportProgressRequest
            {
                Lease = grant.Lease,
                Measurements = { Samples.Evaluation(trial, loss) },
                Outcomes = { Samples.Outcome(trial) },
                Counters = new AttemptCounters { LaneRows = Samples.RowsPerTrial },
                Position = Samples.RowsPerTrial,
            };
            await CallAsync(() => jobs.ReportProgressAsync(report));
            Assert.True(_acknowledged.TryAdd(trial, loss));
            if (_acknowledged.Count >= TrialsBeforeKill)
            {
                _enough.TrySetResult();
            }

            var finish = new FinishJobRequest { Lease = grant.Lease, Next = Wish() };
            grant = (await CallAsync(() => jobs.FinishJobAsync(finish))).Next.Granted;
        }
    }

    private static async Task<Dictionary<int, double>> LossesAsync(Sweeps.SweepsClient sweeps, string sweep)
    {
        using var call = sweeps.ListMeasurements(new ListMeasurementsRequest { Sweep = sweep }, cancellationToken: None);
        var losses = new Dictionary<int, double>();
        await foreach (var measurement in call.ResponseStream.ReadAllAsync(None))
        {
            losses.Add(measurement.Trial, measurement.Evaluation.Metrics[0].Value);
        }

        return losses;
    }

    private AcquireJobRequest Wish() => new()
    {
        RequestId = string.Create(CultureInfo.InvariantCulture, $"wish-{Interlocked.Increment(ref _wishes)}"),
        Capabilities = new WorkerCapabilities { Worker = "callers", NumericsVersion = 1, KernelPaths = { "avx2" }, Slots = Callers },
    };

    private static async Task<T> CallAsync<T>(Func<AsyncUnaryCall<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled or StatusCode.Unknown)
            {
                None.ThrowIfCancellationRequested();
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, None);
            }
        }
    }
}
