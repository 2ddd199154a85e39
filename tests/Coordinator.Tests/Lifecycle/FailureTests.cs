using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Whatever dies, repeats or gets lost: every trial ends once and every measurement counts once.</summary>
public abstract class FailureTests(StoreChoice store) : LifecycleTests(store)
{
    [Fact]
    public async Task Acquire_NotificationDeliveredTwice_GrantsTheJobOnce()
    {
        await SubmitAsync();

        var first = await Worker.AcquireAsync();
        var second = await Worker.AcquireAsync();

        Assert.NotNull(first);
        Assert.Null(second);
    }

    [Fact]
    public async Task Acquire_SameRequestAgain_GivesTheSameLease()
    {
        await SubmitAsync();
        var worker = Worker;

        var first = await worker.AcquireAsync("once");
        var again = await worker.AcquireAsync("once");

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Lease_ExpiredButNotReaped_IsStillItsHolders()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        Host.Time.Advance(TimeSpan.FromHours(1));

        await Worker.RenewAsync(grant);
        await Worker.TrainAsync(grant);
        await Worker.FinishAsync(grant);
        await Worker.FinishEverythingAsync();

        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Lease_ExpiredAndReaped_GoesToTheNextWorkerAndRefusesTheFormer()
    {
        var sweep = await SubmitAndProfileAsync();
        var former = await Worker.AcquireOrFailAsync();
        await Host.ExpireLeasesAsync();

        var next = await Worker.AcquireOrFailAsync();

        Assert.Equal((former.Lease.Job, former.Attempt + 1), (next.Lease.Job, next.Attempt));
        Assert.True(next.Lease.FencingToken > former.Lease.FencingToken);
        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => Worker.TrainAsync(former));
        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => Worker.FinishAsync(former));
        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => Worker.ReleaseAsync(former));
        Assert.Empty(await MeasurementsAsync(sweep));
        await Worker.TrainAsync(next);
        await Worker.FinishAsync(next);
        await Worker.FinishEverythingAsync();
        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Lease_RenewedInTime_IsNotReaped()
    {
        await SubmitAsync();
        var grant = await Worker.AcquireOrFailAsync();
        await Host.ReapAsync();

        for (var minute = 0; minute < 10; minute++)
        {
            Host.Time.Advance(TimeSpan.FromSeconds(40));
            await Worker.RenewAsync(grant);
            await Host.ReapAsync();
        }

        Assert.Null(await Worker.AcquireAsync());
    }

    [Fact]
    public async Task Reap_JustAfterTheCoordinatorsStart_WaitsOneLease()
    {
        await SubmitAsync();
        var grant = await Worker.AcquireOrFailAsync();
        Host.Time.Advance(TimeSpan.FromHours(1));
        await Host.RestartAsync();

        await Host.ReapAsync();

        await Worker.RenewAsync(grant);
    }

    [Fact]
    public async Task Worker_DiesAfterItsLastReportAndBeforeFinishing_NothingIsTrainedTwice()
    {
        var sweep = await SubmitAndProfileAsync();
        var last = await Worker.AcquireOrFailAsync();
        await Worker.TrainAsync(last);
        await Host.ExpireLeasesAsync();

        var next = await Worker.AcquireOrFailAsync();
        Assert.Empty(next.Train.Trials.IntersectBy(last.Train.Trials.Select(trial => trial.Number), trial => trial.Number));
        await Worker.TrainAsync(next);
        await Worker.FinishAsync(next);
        Assert.Null(await Worker.AcquireAsync());

        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Worker_DiesAfterACheckpoint_TheNextGrantNamesIt()
    {
        await SubmitAndProfileAsync();
        var first = await Worker.AcquireOrFailAsync();
        await Worker.ReportAsync(first, report =>
        {
            report.Position = 160;
            report.Checkpoint = Samples.Checkpoint(first);
        });
        await Host.ExpireLeasesAsync();

        var next = await Worker.AcquireOrFailAsync();

        Assert.Equal(Samples.Checkpoint(first), next.Train.Checkpoint);
    }

    [Fact]
    public async Task Coordinator_RestartsInTheMiddle_WorkersGoOnWithTheirLeases()
    {
        var sweep = await SubmitAndProfileAsync();
        var first = await Worker.AcquireOrFailAsync();
        await Worker.TrainAsync(first);

        await Host.RestartAsync();
        await Worker.TrainAsync(first);
        await Worker.FinishAsync(first);
        await Worker.FinishEverythingAsync();

        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Finish_Repeated_ChangesNothing()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        await Worker.TrainAsync(grant);
        await Worker.FinishAsync(grant);
        var before = await DescribeAsync(sweep);

        await Worker.FinishAsync(grant);
        await Host.RestartAsync();
        await Worker.FinishAsync(grant);

        Assert.Equal(before, await DescribeAsync(sweep));
    }

    [Fact]
    public async Task Report_Repeated_CountsOnce()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();

        await Worker.TrainAsync(grant);
        await Worker.TrainAsync(grant);
        await Worker.FinishAsync(grant);
        await Worker.FinishEverythingAsync();

        await AssertCompletedAsync(sweep);
        Assert.Empty((await DescribeAsync(sweep)).Remarks);
    }

    [Fact]
    public async Task Report_OtherBitsForAMeasurement_KeepsTheFirstAndSaysSo()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        var trial = grant.Train.Trials[0].Number;

        await Worker.ReportAsync(grant, report => report.Measurements.Add(Samples.Evaluation(trial, 0.5)));
        await Worker.ReportAsync(grant, report => report.Measurements.Add(Samples.Evaluation(trial, Math.BitIncrement(0.5))));

        Assert.Equal(0.5, Assert.Single(await MeasurementsAsync(sweep)).Evaluation.Metrics[0].Value);
        Assert.Contains("NumericsConflict", Assert.Single((await DescribeAsync(sweep)).Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_Always_QueuesAtOnceAndUsesUpNoAttempt()
    {
        var sweep = await SubmitAndProfileAsync(Samples.Submission(Samples.Spec with { Execution = Samples.Spec.Execution with { MaxAttempts = 1 } }));

        for (var preemption = 0; preemption < 10; preemption++)
        {
            var grant = await Worker.AcquireOrFailAsync();
            await Worker.ReleaseAsync(grant);
            await Worker.ReleaseAsync(grant);
        }

        await Worker.FinishEverythingAsync();
        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Attempts_TwoWithoutProgress_SplitTheJobInHalves()
    {
        var sweep = await SubmitAndProfileAsync(Samples.Submission(Samples.Spec with { Execution = Samples.Spec.Execution with { TrialsPerJob = 4 } }));
        await FailNextAsync();
        await FailNextAsync();

        var halves = new[] { await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync() };

        Assert.Equal([1, 2, 3, 4], halves.SelectMany(grant => grant.Train.Trials).Select(trial => trial.Number).Order());
        Assert.All(halves, grant => Assert.Equal(2, grant.Train.Trials.Count));
        foreach (var half in halves)
        {
            await Worker.TrainAsync(half);
            await Worker.FinishAsync(half);
        }

        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Attempts_WithoutProgressSinceACheckpoint_SplitTheJobBeforeTheLastOnly()
    {
        var sweep = await SubmitAndProfileAsync(Samples.Submission(Samples.Spec with { Execution = Samples.Spec.Execution with { TrialsPerJob = 4, MaxAttempts = 5 } }));
        var first = await Worker.AcquireOrFailAsync();
        await Worker.ReportAsync(first, report => report.Checkpoint = Samples.Checkpoint(first));
        await Worker.FinishAsync(first, new AttemptFailure { Message = "disk full" });
        Host.Time.Advance(TimeSpan.FromMinutes(1));
        await FailNextAsync();
        await FailNextAsync();
        await FailNextAsync();

        var whole = await Worker.AcquireOrFailAsync();
        Assert.Equal((4, Samples.Checkpoint(first).Name), (whole.Train.Trials.Count, whole.Train.Checkpoint.Name));
        await Worker.FinishAsync(whole, new AttemptFailure { Message = "disk full" });
        Host.Time.Advance(TimeSpan.FromMinutes(1));

        foreach (var half in new[] { await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync() })
        {
            Assert.Equal((2, null), (half.Train.Trials.Count, half.Train.Checkpoint));
            await Worker.TrainAsync(half);
            await Worker.FinishAsync(half);
        }

        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Attempts_AsManyAsAllowedWithoutProgress_FailTheTrialsAndCompleteTheSweep()
    {
        var sweep = await SubmitAndProfileAsync(Samples.Submission(Samples.Spec with { Execution = Samples.Spec.Execution with { TrialsPerJob = 4, MaxAttempts = 1 } }));

        await FailNextAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal(SweepState.Completed, description.Progress.State);
        Assert.Equal(Samples.Trials, description.Progress.Trials.Failed);
        Assert.All(description.Trials, trial => Assert.Equal("disk full (1 attempts without progress)", trial.Reason));
        Assert.Null(description.Answer.Best);
    }

    [Fact]
    public async Task Attempt_FailsForGoodInTheProfileStage_FailsTheSweepWithTheReason()
    {
        var sweep = await SubmitAsync();

        await Worker.FinishAsync(await Worker.AcquireOrFailAsync(), new AttemptFailure { Message = "a.csv, line 3: is no number.", Permanent = true });

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Failed, "a.csv, line 3: is no number."), (description.Progress.State, description.Progress.Reason));
        Assert.Equal(Samples.Trials, description.Progress.Trials.Cancelled);
        Assert.Null(await Worker.AcquireAsync());
    }

    [Fact]
    public async Task Numerics_PinnedByTheFirstGrant_AreDemandedOfOtherWorkers()
    {
        var sweep = await SubmitAndProfileAsync();
        await Worker.AcquireOrFailAsync();

        Assert.Null(await new TestWorker(Host, "newer", numericsVersion: 2).AcquireAsync());
        Assert.Null(await new TestWorker(Host, "portable", kernelPath: "portable").AcquireAsync());
        Assert.NotNull(await Worker.AcquireAsync());

        var description = await DescribeAsync(sweep);
        Assert.Equal("1/avx2", description.Numerics);
        Assert.Equal(2, description.Remarks.Count);
    }

    [Fact]
    public async Task Checkpoints_OfAFinishedJob_AreDeleted()
    {
        await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        await Host.Checkpoints.CreateAsync(Samples.Checkpoint(grant).Name, (stream, token) => stream.WriteAsync(new byte[] { 1 }, token).AsTask(), TestContext.Current.CancellationToken);
        await Worker.ReportAsync(grant, report => report.Checkpoint = Samples.Checkpoint(grant));
        await Worker.TrainAsync(grant);
        await Worker.FinishAsync(grant);

        await Host.CleanCheckpointsAsync();

        Assert.Empty(await Host.Checkpoints.ListAsync(TestContext.Current.CancellationToken));
    }

    private async Task FailNextAsync()
    {
        await Worker.FinishAsync(await Worker.AcquireOrFailAsync(), new AttemptFailure { Message = "disk full" });
        Host.Time.Advance(TimeSpan.FromMinutes(1));
    }
}

public sealed class MemoryFailureTests() : FailureTests(StoreChoice.Memory);

public sealed class SqliteFailureTests() : FailureTests(StoreChoice.Sqlite);
