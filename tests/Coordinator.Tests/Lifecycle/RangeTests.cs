using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Protos.V1;
using Grpc.Core;
using SweepState = CloudSweep.Protos.V1.SweepState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>A sweep whose rates a range test finds: ramps first, decided once, then the full trials between the bounds.</summary>
public abstract class RangeTests(StoreChoice store) : RangeLifecycle(store)
{
    [Fact]
    public async Task Range_RampsEnd_FullTrialsFollowBetweenTheBounds()
    {
        var sweep = await SubmitAndProfileAsync(With(new LearningRateGrid.Auto(Rates)));
        var begin = await DescribeAsync(sweep);
        Assert.Equal((3, RangeState.Running, "The range test comes first, and is not over yet."), (begin.Progress.Trials.Total, begin.Progress.Ranges.Single().State, begin.Answer.Advice));

        await WorkAsync();

        var description = await DescribeAsync(sweep);
        var range = Assert.Single(description.Ranges);
        Assert.Equal((SweepState.Completed, 2, 3 + Rates), (description.Progress.State, description.Progress.Rounds, description.Progress.Trials.Total));
        Assert.Equal((RangeState.Proposed, true, true), (range.State, range.HasFallsAt, range.HasBlowsUpAt));
        Assert.Equal([1, 2, 3], range.Ramps);
        Assert.InRange(range.BlowsUpAt, BlowsUp, 1.5 * BlowsUp);
        Assert.NotEmpty(range.Curve);
        Assert.Equal(LearningRates.Of(new LearningRateGrid.Log(range.Low, range.High, Rates)), description.Trials.Skip(3).Select(trial => trial.Parameters.LearningRate));
        Assert.All(description.Trials, trial => Assert.Equal((trial.Number <= 3, trial.Number <= 3 ? 1 : 2), (trial.Parameters.Ramp is not null, trial.Round)));
    }

    [Fact]
    public async Task Range_Ramps_AreNoResults()
    {
        var sweep = await SubmitAndProfileAsync(With(new LearningRateGrid.Auto(Rates)));
        await WorkAsync();

        var answer = (await DescribeAsync(sweep)).Answer;

        Assert.Equal(Rates, answer.Verdicts.Count);
        Assert.DoesNotContain(answer.Verdicts, verdict => verdict.Trials.Any(trial => trial <= 3));
        Assert.InRange(answer.Best.Number, 4, 3 + Rates);
    }

    [Fact]
    public async Task Range_CountIsZero_IsTheRangeTestOnly()
    {
        var sweep = await SubmitAndProfileAsync(With(new LearningRateGrid.Auto(0)));

        await WorkAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 1, 3), (description.Progress.State, description.Progress.Rounds, description.Progress.Trials.Completed));
        Assert.Equal(RangeState.Proposed, Assert.Single(description.Ranges).State);
        Assert.Empty(description.Answer.Verdicts);
        Assert.StartsWith("There is a range test only", description.Answer.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Range_CoordinatorRestartsBetweenRampsAndRounds_GoesOnWhereItStood()
    {
        var sweep = await SubmitAndProfileAsync(With(new LearningRateGrid.Auto(Rates) { ExtendEdges = true }));
        await WorkAsync(jobs: 2);
        await Host.RestartAsync();
        await WorkAsync(jobs: 1);
        var decided = Assert.Single((await DescribeAsync(sweep)).Ranges);

        await Host.RestartAsync();
        await WorkAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, decided), (description.Progress.State, Assert.Single(description.Ranges)));
        Assert.Equal(Enumerable.Range(1, description.Trials.Count), description.Trials.Select(trial => trial.Number));
    }

    [Fact]
    public async Task Range_StoppedWhileEveryRampRuns_DecidesAndTriesNothing()
    {
        var sweep = await SubmitAndProfileAsync(With(new LearningRateGrid.Auto(Rates)));
        Grant[] grants = [await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync()];

        await Host.Sweeps.StopSweepAsync(new StopSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var grant in grants)
        {
            await TrainAsync(grant);
            await Worker.FinishAsync(grant);
        }

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, true, 3), (description.Progress.State, description.Progress.Stopped, description.Progress.Trials.Total));
        Assert.Equal(RangeState.Proposed, Assert.Single(description.Ranges).State);
    }

    [Fact]
    public async Task Range_CancelledWhileRampsWait_SaysThatNothingIsKnown()
    {
        var sweep = await SubmitAndProfileAsync(With(new LearningRateGrid.Auto(Rates)));

        await Host.Sweeps.CancelSweepAsync(new CancelSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);

        var description = await DescribeAsync(sweep);
        Assert.Equal(RangeState.Missing, Assert.Single(description.Ranges).State);
        Assert.Equal("No ramp of the range test came to its end, so no rate was tried.", description.Answer.Advice);
    }

    [Fact]
    public async Task Range_PausedWhileRampsRun_GoesOnOnceResumed()
    {
        var sweep = await SubmitAndProfileAsync(With(new LearningRateGrid.Auto(Rates)));
        var grant = await Worker.AcquireOrFailAsync();
        await Host.Sweeps.PauseSweepAsync(new PauseSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        await Worker.ReleaseAsync(grant);
        Assert.Null(await Worker.AcquireAsync());

        await Host.Sweeps.ResumeSweepAsync(new ResumeSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        await WorkAsync();

        Assert.Equal((SweepState.Completed, 3 + Rates), ((await DescribeAsync(sweep)).Progress.State, (await DescribeAsync(sweep)).Progress.Trials.Total));
    }

    [Fact]
    public async Task Range_EveryRampFailed_TriesNothingUntilTheyAreRetried()
    {
        var sweep = await SubmitAndProfileAsync(With(new LearningRateGrid.Auto(Rates) { ExtendEdges = true }));
        await WorkAsync(failing: [1, 2, 3]);
        var failed = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 3, RangeState.Missing), (failed.Progress.State, failed.Progress.Trials.Failed, failed.Ranges.Single().State));

        await Host.Sweeps.RetrySweepAsync(new RetrySweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        await WorkAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, RangeState.Proposed), (description.Progress.State, description.Ranges.Single().State));
        Assert.True(description.Trials.Count(trial => trial.Parameters.Ramp is null) >= Rates);
    }

    [Fact]
    public async Task Range_FailedRampIsRetriedAfterTheDecision_MovesNoBound()
    {
        var sweep = await SubmitAndProfileAsync(With(new LearningRateGrid.Auto(Rates)));
        await WorkAsync(failing: [2]);
        var before = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 1, 3 + Rates), (before.Progress.State, before.Progress.Trials.Failed, before.Progress.Trials.Total));

        await Host.Sweeps.RetrySweepAsync(new RetrySweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        await WorkAsync(blowsUp: 0.01);

        var after = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 0, 3 + Rates), (after.Progress.State, after.Progress.Trials.Failed, after.Progress.Trials.Total));
        Assert.Equal((before.Ranges.Single().Low, before.Ranges.Single().High), (after.Ranges.Single().Low, after.Ranges.Single().High));
    }

    [Fact]
    public async Task Range_ExtendedByHandMeanwhile_StillGetsItsRates()
    {
        var sweep = await SubmitAndProfileAsync(With(new LearningRateGrid.Auto(Rates)));
        await AssertRefusedAsync(StatusCode.InvalidArgument, () => ExtendAsync(new ExtendSweepRequest { Sweep = sweep, Above = 1 }));
        await ExtendAsync(new ExtendSweepRequest { Sweep = sweep, Rates = { 100, 0.5 } });

        await WorkAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 3, 3 + 2 + Rates), (description.Progress.State, description.Progress.Rounds, description.Progress.Trials.Total));
        var above = await Host.Sweeps.ExtendSweepAsync(new ExtendSweepRequest { Sweep = sweep, Above = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(Assert.Single(above.Rates) > description.Ranges.Single().High);
    }

    [Fact]
    public async Task Range_OneOptimizerHasRates_IsTrainedBesideTheRamps()
    {
        var sweep = await SubmitAndProfileAsync(With(
            new LearningRateGrid.Auto(Rates),
            new OptimizerChoice(new OptimizerSettings.Sgd(), null),
            new OptimizerChoice(new OptimizerSettings.Adam(), new LearningRateGrid.List([0.01, 0.1]))));
        var grant = await Worker.AcquireOrFailAsync();

        // The first repeat's pass: one ramp of sgd and both rates of adam.
        Assert.Equal([1, 4, 5], grant.Train.Trials.Select(trial => trial.Number));
        await TrainAsync(grant);
        await Worker.FinishAsync(grant);
        await WorkAsync();

        Assert.Equal((SweepState.Completed, 5 + Rates), ((await DescribeAsync(sweep)).Progress.State, (await DescribeAsync(sweep)).Progress.Trials.Total));
    }

    [Fact]
    public async Task Range_SweepThatPrunes_DecidesRungsWithoutRamps()
    {
        var request = With(new LearningRateGrid.Auto(8));
        request.SpecJson = CanonicalJson.Write(CanonicalJson.Read<SweepSpec>(request.SpecJson) with { Pruning = new PruningSpec.SuccessiveHalving() });
        var sweep = await SubmitAndProfileAsync(request);
        await WorkAsync(jobs: 3);

        var grant = await Worker.AcquireOrFailAsync();
        var open = (await Worker.ReportAsync(grant, report => report.Measurements.Add(grant.Train.Trials.Select(trial => RungSamples.Rung(trial.Number, 1, 0.1 * trial.Number))))).OpenTrials;

        Assert.Equal(3, open.Count);
        Assert.DoesNotContain((await DescribeAsync(sweep)).Pruning.Decisions, decision => decision.Entries.Any(entry => entry.Trials.Any(trial => trial <= 3)));
    }
}

public sealed class MemoryRangeTests() : RangeTests(StoreChoice.Memory);

public sealed class SqliteRangeTests() : RangeTests(StoreChoice.Sqlite);
