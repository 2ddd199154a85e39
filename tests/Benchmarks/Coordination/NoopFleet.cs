using System.Collections.Concurrent;
using System.Globalization;
using CloudSweep.Protos.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace CloudSweep.Benchmarks.Coordination;

/// <summary>
/// Callers that do all that Workers do but train: each takes a job, reports a measurement of every kind and the trial's end, closes the job and takes the next in the
/// same call. A caller to whom nobody answers repeats its call, as a Worker does.
/// </summary>
internal sealed class NoopFleet(CoordinatorProcess coordinator) : IDisposable
{
    public const int Callers = 256;

    private const int Channels = 32;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(10);

    private readonly GrpcChannel[] _channels = [.. Enumerable.Range(0, Channels).Select(_ => coordinator.WorkerChannel())];
    private int _requests;
    private int _acknowledged;

    /// <summary>Losses of trials whose end the Coordinator has acknowledged. No two attempts report the same.</summary>
    public ConcurrentDictionary<int, double> Acknowledged { get; } = [];

    /// <summary>Trials that have ended so far.</summary>
    public int Ended => Volatile.Read(ref _acknowledged);

    /// <summary>Takes and finishes the profile job: training jobs wait after it.</summary>
    public async Task ProfileAsync(CancellationToken cancellationToken)
    {
        var jobs = new Jobs.JobsClient(_channels[0]);
        var grant = (await CallAsync(() => jobs.AcquireJobAsync(Wish(0)), cancellationToken)).Granted;
        var report = new ReportProgressRequest { Lease = grant.Lease, ShardProfiles = { NoopSweep.Profile() } };
        await CallAsync(() => jobs.ReportProgressAsync(report), cancellationToken);
        await CallAsync(() => jobs.FinishJobAsync(new FinishJobRequest { Lease = grant.Lease }), cancellationToken);
    }

    /// <summary>Works until there is nothing to do.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => WorkAsync(caller, cancellationToken), cancellationToken)));

    /// <summary>Asks for a job until there is an answer with one.</summary>
    public async Task FirstGrantAsync(CancellationToken cancellationToken)
    {
        using var channel = coordinator.WorkerChannel();
        var jobs = new Jobs.JobsClient(channel);
        while (true)
        {
            var wish = Wish(0);
            if ((await CallAsync(() => jobs.AcquireJobAsync(wish), cancellationToken)).Granted is not null)
            {
                return;
            }
        }
    }

    /// <summary>A wish that changes nothing, for a sweep that does not exist: how long the store's one writer keeps others waiting.</summary>
    public async Task<TimeSpan> PingAsync(CancellationToken cancellationToken)
    {
        var wish = Wish(0);
        wish.Sweep = "none";
        var started = TimeProvider.System.GetTimestamp();
        await new Jobs.JobsClient(_channels[^1]).AcquireJobAsync(wish, cancellationToken: cancellationToken);
        return TimeProvider.System.GetElapsedTime(started);
    }

    public void Dispose()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }
    }

    private async Task WorkAsync(int caller, CancellationToken cancellationToken)
    {
        var jobs = new Jobs.JobsClient(_channels[caller % Channels]);
        var first = Wish(caller);
        var grant = (await CallAsync(() => jobs.AcquireJobAsync(first), cancellationToken)).Granted;
        while (grant is not null)
        {
            var loss = 0.3 + (0.4 * Random.Shared.NextDouble());
            var report = Report(grant, loss);
            await CallAsync(() => jobs.ReportProgressAsync(report), cancellationToken);
            Acknowledged[grant.Train.Trials[0].Number] = loss;
            Interlocked.Increment(ref _acknowledged);
            var finish = new FinishJobRequest { Lease = grant.Lease, Counters = report.Counters, Next = Wish(caller) };
            grant = (await CallAsync(() => jobs.FinishJobAsync(finish), cancellationToken)).Next.Granted;
        }
    }

    private static ReportProgressRequest Report(Grant grant, double loss)
    {
        var trial = grant.Train.Trials[0];
        return new ReportProgressRequest
        {
            Lease = grant.Lease,
            Measurements =
            {
                new Measurement { Trial = trial.Number, Try = trial.Try, Step = NoopSweep.Steps, LossWindow = new LossWindow { Steps = NoopSweep.Steps, Mean = loss, StandardDeviation = 0.01 } },
                new Measurement { Trial = trial.Number, Try = trial.Try, Step = NoopSweep.Steps, Evaluation = new Evaluation { Rows = 20, Metrics = { new MetricValue { Name = "val_loss", Value = loss, StandardError = 0.01 } } } },
            },
            Outcomes = { new TrialOutcome { Trial = trial.Number, State = TrialState.Completed, Step = NoopSweep.Steps } },
            Counters = new AttemptCounters { BlockRows = NoopSweep.Position, LaneRows = NoopSweep.Position },
            Position = NoopSweep.Position,
        };
    }

    private AcquireJobRequest Wish(int caller) => new()
    {
        RequestId = string.Create(CultureInfo.InvariantCulture, $"wish-{Interlocked.Increment(ref _requests)}"),
        Capabilities = new WorkerCapabilities
        {
            Worker = string.Create(CultureInfo.InvariantCulture, $"caller-{caller % Channels}"),
            NumericsVersion = 1,
            KernelPaths = { "avx2" },
            Slots = Callers / Channels,
        },
    };

    private static async Task<T> CallAsync<T>(Func<AsyncUnaryCall<T>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                return await call();
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled or StatusCode.Unknown)
            {
                await Task.Delay(RetryDelay, TimeProvider.System, cancellationToken);
            }
        }
    }
}
