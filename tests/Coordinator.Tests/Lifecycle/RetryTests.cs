using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Trials that failed are tried again, once for every time that a person says so.</summary>
public abstract class RetryTests(StoreChoice store) : LifecycleTests(store)
{
    [Fact]
    public async Task Retry_CompletedSweepWithAFailedTrial_TriesItAgainAndCompletes()
    {
        var sweep = await CompleteWithFailuresAsync(1);

        var retried = await RetryAsync(sweep);

        Assert.Equal((SweepState.Running, 1), (retried.State, Assert.Single(retried.Retried)));
        var grant = await Worker.AcquireOrFailAsync();
        Assert.Equal((1, 2), (Assert.Single(grant.Train.Trials).Number, grant.Train.Trials[0].Try));
        await Worker.TrainAsync(grant);
        await Worker.FinishAsync(grant);
        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, Samples.Trials, 0), (description.Progress.State, description.Progress.Trials.Completed, description.Progress.Trials.Failed));
        Assert.Equal((2, ""), (description.Trials[0].Try, description.Trials[0].Reason));
    }

    [Fact]
    public async Task Retry_FirstTryMeasuredSomething_OnlyTheLastTryCounts()
    {
        var sweep = await CompleteWithFailuresAsync(1);
        Assert.Equal(9, (await DescribeAsync(sweep)).Trials[0].Metrics[0].Value);

        await RetryAsync(sweep);
        Assert.Empty((await DescribeAsync(sweep)).Trials[0].Metrics);
        await Worker.FinishEverythingAsync();

        Assert.Equal(TestWorker.LossOf(1), (await DescribeAsync(sweep)).Trials[0].Metrics[0].Value);
        Assert.Equal([(1, 9), (2, TestWorker.LossOf(1))], (await MeasurementsAsync(sweep)).Where(measurement => measurement.Trial == 1).Select(measurement => (measurement.Try, measurement.Evaluation.Metrics[0].Value)));
    }

    [Fact]
    public async Task Retry_Twice_TriesOnce()
    {
        var sweep = await CompleteWithFailuresAsync(1, 3);
        await RetryAsync(sweep);
        var before = await DescribeAsync(sweep);

        var again = await RetryAsync(sweep);

        Assert.Equal((SweepState.Running, 0), (again.State, again.Retried.Count));
        Assert.Equal(before, await DescribeAsync(sweep));
    }

    [Fact]
    public async Task Retry_NumbersGiven_LeavesTheOthers()
    {
        var sweep = await CompleteWithFailuresAsync(1, 3);

        Assert.Equal([3], (await RetryAsync(sweep, 2, 3)).Retried);
        await Worker.FinishEverythingAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 1), (description.Progress.State, description.Progress.Trials.Failed));
    }

    [Fact]
    public async Task Retry_NothingFailed_ChangesNothing()
    {
        var sweep = await SubmitAndProfileAsync();
        await Worker.FinishEverythingAsync();
        var before = await DescribeAsync(sweep);

        Assert.Empty((await RetryAsync(sweep)).Retried);

        Assert.Equal(before, await DescribeAsync(sweep));
    }

    [Fact]
    public async Task Retry_SweepFailedWhileItsDataWasRead_ReadsOn()
    {
        var sweep = await SubmitAsync();
        await Worker.FinishAsync(await Worker.AcquireOrFailAsync(), new AttemptFailure { Message = "the disk was full", Permanent = true });
        Assert.Equal(SweepState.Failed, await StateAsync(sweep));

        var retried = await RetryAsync(sweep);

        Assert.Equal((SweepState.Preparing, Samples.Trials), (retried.State, retried.Retried.Count));
        Assert.Empty((await RetryAsync(sweep)).Retried);
        await Worker.FinishEverythingAsync();
        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Retry_SweepThatRuns_AddsAJob()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        var failed = grant.Train.Trials[0].Number;
        await Worker.ReportAsync(grant, report => report.Outcomes.Add(Samples.Outcome(failed, TrialState.Failed)));

        Assert.Equal([failed], (await RetryAsync(sweep)).Retried);

        // The job goes on with its other trial; what it still says of the first is of a try that is over.
        await Worker.ReportAsync(grant, report => report.Measurements.Add(Samples.Evaluation(failed, 9)));
        await Worker.ReportAsync(grant, report => report.Outcomes.Add(Samples.Outcome(failed)));
        Assert.Equal(TrialState.Pending, (await DescribeAsync(sweep)).Trials[failed - 1].State);
        await Worker.TrainAsync(grant);
        await Worker.FinishAsync(grant);
        await Worker.FinishEverythingAsync();
        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Retry_UnknownTrialOrCancelledSweep_IsRefused()
    {
        var sweep = await SubmitAsync();

        await AssertRefusedAsync(StatusCode.InvalidArgument, () => RetryAsync(sweep, 5));
        await AssertRefusedAsync(StatusCode.NotFound, () => RetryAsync("nobody"));
        await Host.Sweeps.CancelSweepAsync(new CancelSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => RetryAsync(sweep));
    }

    private async Task<RetrySweepResponse> RetryAsync(string sweep, params int[] trials) =>
        await Host.Sweeps.RetrySweepAsync(new RetrySweepRequest { Sweep = sweep, Trials = { trials } }, cancellationToken: TestContext.Current.CancellationToken);

    private async Task<string> CompleteWithFailuresAsync(params int[] failing)
    {
        var sweep = await SubmitAndProfileAsync();
        while (await Worker.AcquireAsync() is { } grant)
        {
            await Worker.ReportAsync(grant, report =>
            {
                report.Measurements.Add(grant.Train.Trials.Where(trial => failing.Contains(trial.Number)).Select(trial => Samples.Evaluation(trial.Number, 9)));
                report.Outcomes.Add(grant.Train.Trials.Where(trial => failing.Contains(trial.Number)).Select(trial => Samples.Outcome(trial.Number, TrialState.Failed)));
            });
            await Worker.TrainAsync(grant);
            await Worker.FinishAsync(grant);
        }

        Assert.Equal(SweepState.Completed, await StateAsync(sweep));
        return sweep;
    }
}

public sealed class MemoryRetryTests() : RetryTests(StoreChoice.Memory);

public sealed class SqliteRetryTests() : RetryTests(StoreChoice.Sqlite);
