using CloudSweep.Coordinator.Tests.Lifecycle;
using CloudSweep.Protos.Keda;
using CloudSweep.Protos.V1;

namespace CloudSweep.Coordinator.Tests.Scaling;

/// <summary>What KEDA is told along a sweep's life.</summary>
public abstract class DemandTests(StoreChoice store) : LifecycleTests(store)
{
    private const int ProfileJobs = 1;
    private const int TrainingJobs = 2;

    [Fact]
    public async Task Demand_FromSubmissionToTheEnd_IsWhatWorkersHoldOrWouldBeGranted()
    {
        await AssertDemandAsync(0);

        await SubmitAsync();
        await AssertDemandAsync(ProfileJobs);
        await Worker.FinishProfileStageAsync();
        await AssertDemandAsync(TrainingJobs);

        var (first, second) = (await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync());
        await AssertDemandAsync(TrainingJobs);

        await Worker.TrainAsync(first);
        await Worker.FinishAsync(first);
        await AssertDemandAsync(1);
        await Worker.TrainAsync(second);
        await Worker.FinishAsync(second);
        await AssertDemandAsync(0);
    }

    [Fact]
    public async Task Demand_Parallelism_IsNotExceeded()
    {
        await SubmitAndProfileAsync(WithParallelism(1));
        await AssertDemandAsync(1);

        await Worker.AcquireOrFailAsync();

        await AssertDemandAsync(1);
        Assert.Null(await Worker.AcquireAsync());
    }

    [Fact]
    public async Task Demand_SeveralSweeps_IsAsManyAsAreGranted()
    {
        await new TestWorker(Host, "a", sweep: await SubmitAsync(WithParallelism(1))).FinishProfileStageAsync();
        await new TestWorker(Host, "b", sweep: await SubmitAsync(Samples.Submission(requestId: "request-2"))).FinishProfileStageAsync();
        await SubmitAsync(Samples.Submission(requestId: "request-3", fresh: true));
        var demand = (await Metrics()).MetricValue_;
        Assert.Equal(1 + TrainingJobs + ProfileJobs, demand);

        var granted = 0;
        while (await Worker.AcquireAsync() is not null)
        {
            granted++;
            await AssertDemandAsync(demand);
        }

        Assert.Equal(demand, granted);
    }

    [Fact]
    public async Task Demand_PausedSweep_IsWhatWorkersStillHold()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();

        await Host.Sweeps.PauseSweepAsync(new PauseSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        await AssertDemandAsync(1);
        await Worker.ReleaseAsync(grant);
        await AssertDemandAsync(0);

        await Host.Sweeps.ResumeSweepAsync(new ResumeSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        await AssertDemandAsync(TrainingJobs);
    }

    [Fact]
    public async Task Demand_FailedAttempt_ComesBackWithItsTime()
    {
        await SubmitAsync();
        await Worker.FinishAsync(await Worker.AcquireOrFailAsync(), new AttemptFailure { Message = "the disk is full" });
        await AssertDemandAsync(0);

        Host.Time.Advance(TimeSpan.FromSeconds(1));

        await AssertDemandAsync(ProfileJobs);
    }

    [Fact]
    public async Task Demand_ReleasedJob_IsThereAtOnce()
    {
        await SubmitAsync();

        await Worker.ReleaseAsync(await Worker.AcquireOrFailAsync());

        await AssertDemandAsync(ProfileJobs);
    }

    [Fact]
    public async Task Demand_SilentWorker_IsHeldUntilItsLeaseIsReaped()
    {
        await SubmitAsync();
        await Worker.AcquireOrFailAsync();

        await Host.ExpireLeasesAsync();

        await AssertDemandAsync(ProfileJobs);
    }

    [Fact]
    public async Task Demand_CancelledSweep_IsOver()
    {
        var sweep = await SubmitAndProfileAsync();
        await Worker.AcquireOrFailAsync();

        await Host.Sweeps.CancelSweepAsync(new CancelSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);

        await AssertDemandAsync(0);
    }

    [Fact]
    public async Task Demand_RetriedTrials_AreWorkAgain()
    {
        var sweep = await SubmitAndProfileAsync();
        var (bad, good) = (await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync());
        await Worker.FinishAsync(bad, new AttemptFailure { Message = "bad", Permanent = true });
        await Worker.TrainAsync(good);
        await Worker.FinishAsync(good);
        await AssertDemandAsync(0);

        await Host.Sweeps.RetrySweepAsync(new RetrySweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);

        await AssertDemandAsync(1);
    }

    [Fact]
    public async Task Demand_ExtendedSweep_IsWorkAgain()
    {
        var sweep = await SubmitAndProfileAsync();
        await Worker.FinishEverythingAsync();
        await AssertDemandAsync(0);

        await Host.Sweeps.ExtendSweepAsync(new ExtendSweepRequest { Sweep = sweep, Rates = { 2, 3, 4 } }, cancellationToken: TestContext.Current.CancellationToken);

        await AssertDemandAsync(2);
    }

    private static SubmitSweepRequest WithParallelism(int jobs) =>
        Samples.Submission(Samples.Spec with { Execution = Samples.Spec.Execution with { Parallelism = jobs } });

    private async Task<Protos.Keda.MetricValue> Metrics() => Assert.Single((await Host.Scaler.GetMetricsAsync(
        new GetMetricsRequest { ScaledObjectRef = new ScaledObjectRef(), MetricName = "cloudsweep-jobs" }, cancellationToken: TestContext.Current.CancellationToken)).MetricValues);

    private async Task AssertDemandAsync(long jobs)
    {
        var metric = await Metrics();
        var active = (await Host.Scaler.IsActiveAsync(new ScaledObjectRef(), cancellationToken: TestContext.Current.CancellationToken)).Result;

        Assert.Equal(("cloudsweep-jobs", jobs, jobs, jobs > 0), (metric.MetricName, metric.MetricValue_, metric.MetricValueFloat, active));
    }
}

public sealed class MemoryDemandTests() : DemandTests(StoreChoice.Memory);

public sealed class SqliteDemandTests() : DemandTests(StoreChoice.Sqlite);
