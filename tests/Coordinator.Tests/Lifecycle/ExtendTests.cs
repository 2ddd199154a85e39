using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Grpc.Core;
using SweepState = CloudSweep.Protos.V1.SweepState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Learning rates are added to a sweep as a further round of its trials.</summary>
public abstract class ExtendTests(StoreChoice store) : LifecycleTests(store)
{
    [Fact]
    public async Task Extend_CompletedSweep_RunsAgainAndAnswersForAll()
    {
        var sweep = await SubmitAndProfileAsync();
        await Worker.FinishEverythingAsync();
        var before = await DescribeAsync(sweep);

        var extended = await ExtendAsync(sweep, [2, 0.02]);

        Assert.Equal(SweepState.Running, extended.State);
        Assert.Equal([5, 6], extended.Trials);
        Assert.Equal([0.02, 2], extended.Rates);
        await Worker.FinishEverythingAsync();
        var after = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 6, 6, 2), (after.Progress.State, after.Progress.Trials.Total, after.Progress.Trials.Completed, after.Progress.Rounds));
        Assert.Equal(before.Trials, after.Trials.Take(4));
        Assert.All(after.Trials.Skip(4), trial => Assert.Equal(2, trial.Round));
        Assert.Equal([0.001, 0.01, 0.02, 0.1, 1, 2], after.Answer.Verdicts.Select(verdict => verdict.Parameters.LearningRate));
        Assert.Equal(6, after.Answer.Best.Number);
    }

    [Fact]
    public async Task Extend_RunningSweep_AddsJobs()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();

        Assert.Equal(SweepState.Running, (await ExtendAsync(sweep, [3])).State);

        await Worker.TrainAsync(grant);
        await Worker.FinishAsync(grant);
        await Worker.FinishEverythingAsync();
        Assert.Equal((SweepState.Completed, 5), ((await DescribeAsync(sweep)).Progress.State, (await DescribeAsync(sweep)).Progress.Trials.Completed));
    }

    [Fact]
    public async Task Extend_DataIsBeingRead_TrainsThemWithTheOthers()
    {
        var sweep = await SubmitAsync();

        Assert.Equal(SweepState.Preparing, (await ExtendAsync(sweep, [3])).State);
        await Worker.FinishEverythingAsync();

        Assert.Equal(5, (await DescribeAsync(sweep)).Progress.Trials.Completed);
    }

    [Fact]
    public async Task Extend_PausedSweep_WaitsForItsResumption()
    {
        var sweep = await SubmitAndProfileAsync();
        await Host.Sweeps.PauseSweepAsync(new PauseSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(SweepState.Paused, (await ExtendAsync(sweep, [3])).State);

        await Host.Sweeps.ResumeSweepAsync(new ResumeSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        await Worker.FinishEverythingAsync();
        Assert.Equal(5, (await DescribeAsync(sweep)).Progress.Trials.Completed);
    }

    [Fact]
    public async Task Extend_Again_AddsNothing()
    {
        var sweep = await SubmitAndProfileAsync();
        await ExtendAsync(sweep, [3], above: 2, below: 1);
        await Worker.FinishEverythingAsync();
        var before = await DescribeAsync(sweep);

        var again = await ExtendAsync(sweep, [3], above: 2, below: 1);

        Assert.Equal((SweepState.Completed, 0), (again.State, again.Trials.Count));
        Assert.Equal(before, await DescribeAsync(sweep));
    }

    [Fact]
    public async Task Extend_BeyondTheGrid_GoesOnAsItDoes()
    {
        var sweep = await SubmitAndProfileAsync();

        Assert.Equal([0.0001, 10, 100], (await ExtendAsync(sweep, [], above: 2, below: 1)).Rates);
        Assert.Equal([1000], (await ExtendAsync(sweep, [], above: 3)).Rates);
    }

    [Fact]
    public async Task Extend_SameFileSubmittedAgain_FindsTheExtendedSweep()
    {
        var sweep = await SubmitAndProfileAsync();
        await ExtendAsync(sweep, [3]);

        Assert.Equal(sweep, await SubmitAsync(Samples.Submission(requestId: "request-2")));
    }

    [Fact]
    public async Task Extend_OptimizersAndRepeats_AddsEveryCombination()
    {
        var sweep = await SubmitAndProfileAsync(Samples.Submission(Samples.Spec with
        {
            Repeats = 2,
            Optimizers = [new OptimizerChoice(new OptimizerSettings.Sgd(), null), new OptimizerChoice(new OptimizerSettings.Adam(), new LearningRateGrid.List([0.001, 0.002]))],
        }));

        Assert.Equal(4, (await ExtendAsync(sweep, [3])).Trials.Count);
        Assert.Equal(2, (await Host.Sweeps.ExtendSweepAsync(new ExtendSweepRequest { Sweep = sweep, Rates = { 4 }, Optimizer = "adam" }, cancellationToken: TestContext.Current.CancellationToken)).Trials.Count);
        await Worker.FinishEverythingAsync();

        var progress = (await DescribeAsync(sweep)).Progress;
        Assert.Equal((SweepState.Completed, 18, 3), (progress.State, progress.Trials.Completed, progress.Rounds));
    }

    [Fact]
    public async Task Extend_TestedSweep_ScoresANewWinnerAndSaysSo()
    {
        var sweep = await SubmitAndProfileAsync(Samples.SubmissionWithTest());
        await FinishWithModelsAsync();

        await ExtendAsync(sweep, [3]);
        await FinishWithModelsAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal(SweepState.Completed, description.Progress.State);
        var winners = (await MeasurementsAsync(sweep)).Where(measurement => measurement.Test is not null).Select(measurement => measurement.Trial).ToArray();
        Assert.Equal(2, winners.Length);
        Assert.Contains(description.Remarks, remark => remark.StartsWith($"data.test was scored for trial {winners[0]} before trials were added", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Extend_WinnerHasNoModel_IsRemarked()
    {
        var sweep = await SubmitAndProfileAsync();
        await FinishWithModelsAsync();
        await ExtendAsync(sweep, [3]);
        await FinishWithModelsAsync();
        Assert.Empty((await DescribeAsync(sweep)).Remarks);

        await ExtendAsync(sweep, [4]);
        await Worker.FinishEverythingAsync();

        Assert.StartsWith("The winner can't be exported or predict: the model of trial 6 is gone.", Assert.Single((await DescribeAsync(sweep)).Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extend_MoreThanASweepCanHold_IsRefused()
    {
        var sweep = await SubmitAndProfileAsync(Samples.Submission(Samples.Spec with { Repeats = 20 }));

        await AssertRefusedAsync(StatusCode.InvalidArgument, () => ExtendAsync(sweep, [.. Enumerable.Range(2, 9_000).Select(rate => (double)rate)]));

        Assert.Equal(80, (await DescribeAsync(sweep)).Progress.Trials.Total);
    }

    [Fact]
    public async Task Extend_BadRates_TellsEveryMistake()
    {
        var sweep = await SubmitAndProfileAsync();

        await AssertRefusedAsync(StatusCode.InvalidArgument, () => ExtendAsync(sweep, []));
        await AssertRefusedAsync(StatusCode.InvalidArgument, () => ExtendAsync(sweep, [-1]));
        await AssertRefusedAsync(StatusCode.InvalidArgument, () => ExtendAsync(sweep, [double.NaN]));
        await AssertRefusedAsync(StatusCode.InvalidArgument, () => ExtendAsync(sweep, [], above: -1));
        await AssertRefusedAsync(StatusCode.NotFound, () => ExtendAsync("nobody", [1]));
    }

    [Fact]
    public async Task Extend_FailedOrCancelledSweep_IsRefused()
    {
        var failed = await SubmitAsync();
        await Worker.FinishAsync(await Worker.AcquireOrFailAsync(), new AttemptFailure { Message = "bad", Permanent = true });
        var cancelled = await SubmitAsync(Samples.Submission(requestId: "request-2", fresh: true));
        await Host.Sweeps.CancelSweepAsync(new CancelSweepRequest { Sweep = cancelled }, cancellationToken: TestContext.Current.CancellationToken);

        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => ExtendAsync(failed, [3]));
        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => ExtendAsync(cancelled, [3]));
    }

    private async Task<ExtendSweepResponse> ExtendAsync(string sweep, double[] rates, int above = 0, int below = 0) =>
        await Host.Sweeps.ExtendSweepAsync(new ExtendSweepRequest { Sweep = sweep, Rates = { rates }, Above = above, Below = below }, cancellationToken: TestContext.Current.CancellationToken);

    private async Task FinishWithModelsAsync()
    {
        while (await Worker.AcquireAsync() is { } grant)
        {
            await (grant.WorkCase == Grant.WorkOneofCase.Test ? Worker.TestAsync(grant) : Worker.TrainWithModelsAsync(grant));
            await Worker.FinishAsync(grant);
        }
    }
}

public sealed class MemoryExtendTests() : ExtendTests(StoreChoice.Memory);

public sealed class SqliteExtendTests() : ExtendTests(StoreChoice.Sqlite);
