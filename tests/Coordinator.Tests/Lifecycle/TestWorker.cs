using System.Globalization;
using CloudSweep.Protos.V1;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Speaks as a Worker does, and does nothing that a test does not ask for.</summary>
internal sealed class TestWorker(CoordinatorHost host, string name, int numericsVersion = 1, string kernelPath = "avx2", string sweep = "")
{
    private int _requests;

    /// <summary>A grant, or null when there is nothing to do.</summary>
    public async Task<Grant?> AcquireAsync(string? requestId = null) => (await host.Jobs.AcquireJobAsync(Request(requestId))).Granted;

    public async Task<Grant> AcquireOrFailAsync() => await AcquireAsync() ?? throw new InvalidOperationException($"There is nothing to do for {name}.");

    public async Task<ReportProgressResponse> ReportAsync(Grant grant, Action<ReportProgressRequest> fill)
    {
        var report = new ReportProgressRequest { Lease = grant.Lease };
        fill(report);
        return await host.Jobs.ReportProgressAsync(report);
    }

    public Task RenewAsync(Grant grant) => ReportAsync(grant, _ => { });

    /// <summary>Reports the shards of a profile job.</summary>
    public Task ProfileAsync(Grant grant) => ReportAsync(grant, report => report.ShardProfiles.Add(grant.Profile.ShardKeys.Select(Samples.Profile)));

    /// <summary>Reports scores and final states of a training job; the loss falls with the rate.</summary>
    public Task TrainAsync(Grant grant) => ReportAsync(grant, report =>
    {
        report.Position = Samples.RowsPerTrial;
        report.Measurements.Add(grant.Train.Trials.Select(trial => Samples.Evaluation(trial.Number, LossOf(trial.Number), @try: trial.Try)));
        report.Outcomes.Add(grant.Train.Trials.Select(trial => Samples.Outcome(trial.Number)));
    });

    /// <summary>As <see cref="TrainAsync"/>, with a stored model of every trial.</summary>
    public async Task TrainWithModelsAsync(Grant grant)
    {
        foreach (var trial in grant.Train.Trials)
        {
            await host.Checkpoints.CreateAsync(Samples.Model(grant, trial.Number).Name, (stream, token) => stream.WriteAsync(Samples.Weights(trial.Number), token).AsTask(), CancellationToken.None);
        }

        await ReportAsync(grant, report =>
        {
            report.Position = Samples.RowsPerTrial;
            report.Measurements.Add(grant.Train.Trials.Select(trial => Samples.Evaluation(trial.Number, LossOf(trial.Number), @try: trial.Try)));
            report.Outcomes.Add(grant.Train.Trials.Select(trial => Samples.Outcome(trial.Number)));
            report.Models.Add(grant.Train.Trials.Select(trial => Samples.Model(grant, trial.Number)));
        });
    }

    /// <summary>Reports the score of a test job.</summary>
    public Task TestAsync(Grant grant, double loss = 0.4) => ReportAsync(grant, report => report.Measurements.Add(Samples.Test(grant.Test.Trial.Number, loss)));

    public static double LossOf(int trial) => 0.7 - (0.1 * trial);

    public async Task FinishAsync(Grant grant, AttemptFailure? failure = null) =>
        await host.Jobs.FinishJobAsync(new FinishJobRequest { Lease = grant.Lease, Failure = failure });

    public async Task ReleaseAsync(Grant grant) => await host.Jobs.ReleaseJobAsync(new ReleaseJobRequest { Lease = grant.Lease, Reason = "shutting down" });

    /// <summary>Takes and finishes the profile job.</summary>
    public async Task FinishProfileStageAsync()
    {
        var grant = await AcquireOrFailAsync();
        await ProfileAsync(grant);
        await FinishAsync(grant);
    }

    /// <summary>Works until there is nothing to do.</summary>
    public async Task FinishEverythingAsync()
    {
        while (await AcquireAsync() is { } grant)
        {
            await (grant.WorkCase == Grant.WorkOneofCase.Profile ? ProfileAsync(grant) : TrainAsync(grant));
            await FinishAsync(grant);
        }
    }

    private AcquireJobRequest Request(string? requestId) => new()
    {
        Sweep = sweep,
        RequestId = requestId ?? string.Create(CultureInfo.InvariantCulture, $"{name}-{++_requests}"),
        Capabilities = new WorkerCapabilities { Worker = name, NumericsVersion = numericsVersion, KernelPaths = { kernelPath }, Slots = 1 },
    };
}
