using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>One trial, start to finish (shared/DESIGN.md §4), over real gRPC, with fake time, on each store.</summary>
public abstract class LifecycleTests(StoreChoice store, bool runsDuties = false) : IAsyncLifetime
{
    private protected CoordinatorHost Host { get; private set; } = null!;

    private protected TestWorker Worker => new(Host, Guid.NewGuid().ToString("N"));

    public async ValueTask InitializeAsync() => Host = await CoordinatorHost.StartAsync(store, runsDuties: runsDuties);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<string> SubmitAsync(SubmitSweepRequest? request = null) => (await Host.Sweeps.SubmitSweepAsync(request ?? Samples.Submission())).Sweep;

    private protected async Task<DescribeSweepResponse> DescribeAsync(string sweep) => await Host.Sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep });

    private protected async Task<SweepState> StateAsync(string sweep) => (await DescribeAsync(sweep)).Progress.State;

    private protected async Task<IReadOnlyList<Measurement>> MeasurementsAsync(string sweep)
    {
        using var call = Host.Sweeps.ListMeasurements(new ListMeasurementsRequest { Sweep = sweep });
        return await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A sweep whose profile stage is over.</summary>
    private protected async Task<string> SubmitAndProfileAsync(SubmitSweepRequest? request = null)
    {
        var sweep = await SubmitAsync(request);
        await Worker.FinishProfileStageAsync();
        return sweep;
    }

    /// <summary>Every trial is in exactly one final state, and its score counts once.</summary>
    private protected async Task AssertCompletedAsync(string sweep)
    {
        var description = await DescribeAsync(sweep);
        Assert.Equal(SweepState.Completed, description.Progress.State);
        Assert.Equal(Samples.Trials, description.Progress.Trials.Completed);
        Assert.Equal(
            description.Trials.Select(trial => (trial.Number, TestWorker.LossOf(trial.Number))),
            (await MeasurementsAsync(sweep)).Select(measurement => (measurement.Trial, measurement.Evaluation.Metrics[0].Value)));
        Assert.Equal(Samples.Trials, description.Answer.Best.Number);
    }

    private protected static async Task AssertRefusedAsync(StatusCode status, Func<Task> call) =>
        Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
}
