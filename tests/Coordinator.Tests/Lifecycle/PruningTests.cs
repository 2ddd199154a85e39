using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using RungOutcome = CloudSweep.Protos.V1.RungOutcome;
using SweepState = CloudSweep.Protos.V1.SweepState;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Rungs are reported and decided about: at once, once, and stored in sequence.</summary>
public abstract class PruningTests(StoreChoice store) : RungLifecycle(store)
{
    [Fact]
    public async Task Rung_OneJob_EndsAllButTheBestAtOnceAndAnswersWhoGoesOn()
    {
        var sweep = await SubmitAndProfileAsync(With(rates: 16));
        var grant = await Worker.AcquireOrFailAsync();

        var answer = await Worker.ReportAsync(grant, report => report.Measurements.Add(Rungs(grant, 1)));

        // The lower the number, the better: a quarter of 16 is 4, and the neighbour of 1 is among them.
        Assert.Equal([1, 2, 3, 4], answer.OpenTrials);
        var description = await DescribeAsync(sweep);
        Assert.Equal((12, 4), (description.Progress.Trials.Pruned, description.Progress.Trials.Running));
        var pruned = description.Trials[9];
        Assert.Equal((TrialState.Pruned, RungSamples.StepOf(1)), (pruned.State, pruned.Step));
        Assert.Equal("pruned at step 80 (rung 1): val_loss 1, place 10 of 16", pruned.Reason);
        Assert.Equal((RungSamples.StepOf(1), 40), (pruned.RungStep, pruned.RungRows));
        Assert.Equal(1, pruned.RungMetrics[0].Value);
        Assert.Empty(pruned.Metrics);
    }

    [Fact]
    public async Task Rung_ReportedAgain_ChangesNothing()
    {
        var sweep = await SubmitAndProfileAsync(With(rates: 16));
        var grant = await Worker.AcquireOrFailAsync();
        await Worker.ReportAsync(grant, report => report.Measurements.Add(Rungs(grant, 1)));
        var before = (await DescribeAsync(sweep)).Pruning;

        var answer = await Worker.ReportAsync(grant, report => report.Measurements.Add(Rungs(grant, 1)));

        Assert.Equal([1, 2, 3, 4], answer.OpenTrials);
        Assert.Equal(before, (await DescribeAsync(sweep)).Pruning);
    }

    [Fact]
    public async Task Rung_ReportedInPieces_IsDecidedWhenAllLanesHaveToldTheirs()
    {
        await SubmitAndProfileAsync(With(rates: 16));
        var grant = await Worker.AcquireOrFailAsync();

        var first = await Worker.ReportAsync(grant, report => report.Measurements.Add(Rungs(grant, 1).Skip(5)));
        var second = await Worker.ReportAsync(grant, report => report.Measurements.Add(Rungs(grant, 1).Take(4)));
        var third = await Worker.ReportAsync(grant, report => report.Outcomes.Add(Samples.Outcome(5, TrialState.Diverged)));

        Assert.Equal((16, 16), (first.OpenTrials.Count, second.OpenTrials.Count));
        Assert.Equal([1, 2, 3, 4], third.OpenTrials);
    }

    [Fact]
    public async Task Rung_SomeDivergedBefore_CountAsWorstAndStayDiverged()
    {
        var sweep = await SubmitAndProfileAsync(With(rates: 16));
        var grant = await Worker.AcquireOrFailAsync();
        await Worker.ReportAsync(grant, report => report.Outcomes.Add([.. Enumerable.Range(13, 4).Select(trial => Samples.Outcome(trial, TrialState.Diverged))]));

        var answer = await Worker.ReportAsync(grant, report => report.Measurements.Add(Rungs(grant, 1).Where(measurement => measurement.Trial <= 12)));

        Assert.Equal([1, 2, 3, 4], answer.OpenTrials);
        var description = await DescribeAsync(sweep);
        Assert.Equal((8, 4), (description.Progress.Trials.Pruned, description.Progress.Trials.Diverged));
        Assert.Equal([13, 14, 15, 16], description.Pruning.Decisions.Single().Entries.Where(entry => entry.Outcome == RungOutcome.Diverged).Select(entry => entry.Trials.Single()));
    }

    [Fact]
    public async Task Rung_NotFinite_NeverGoesOnBeforeWhatIs()
    {
        await SubmitAndProfileAsync(With(rates: 16));
        var grant = await Worker.AcquireOrFailAsync();

        var answer = await Worker.ReportAsync(grant, report => report.Measurements.Add(
            grant.Train.Trials.Select(trial => RungSamples.Rung(trial.Number, 1, trial.Number <= 13 ? double.NaN : trial.Number))));

        Assert.Equal([14, 15, 16], answer.OpenTrials);
    }

    [Fact]
    public async Task Rung_ToTheEnd_AtLeastThreeFinishAndTheSweepCompletes()
    {
        var sweep = await SubmitAndProfileAsync(With(rates: 16));
        var grant = await Worker.AcquireOrFailAsync();

        await ClimbAsync(grant);
        await Worker.FinishAsync(grant);

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 3, 13), (description.Progress.State, description.Progress.Trials.Completed, description.Progress.Trials.Pruned));
        Assert.Equal([1, 2], description.Pruning.Decisions.Select(decision => decision.Rung));
        Assert.Equal(1, description.Answer.Best.Number);

        // 12 went 80 of 1,280 steps, 1 went 320, and 3 all.
        Assert.Equal(16 * 40_960, description.Pruning.FullLaneRows);
        Assert.Equal((12 * 2560) + 10_240 + (3 * 40_960), description.Pruning.LaneRows);
        Assert.Equal(13, description.Pruning.PrunedRates);
        await AssertReplayAsync(sweep);
    }

    [Fact]
    public async Task Rung_SeveralJobs_EachIsDecidedByWhatWasReportedSoFar()
    {
        var sweep = await SubmitAndProfileAsync(With(rates: 16, trialsPerJob: 4));
        var grants = new List<Grant>();
        while (await Worker.AcquireAsync() is { } grant)
        {
            grants.Add(grant);
        }

        foreach (var grant in grants.AsEnumerable().Reverse())
        {
            await ClimbAsync(grant);
            await Worker.FinishAsync(grant);
        }

        var description = await DescribeAsync(sweep);
        Assert.Equal((4, SweepState.Completed), (grants.Count, description.Progress.State));
        Assert.Equal(16, description.Progress.Trials.Completed + description.Progress.Trials.Pruned);
        Assert.Equal([4, 8, 12, 16], description.Pruning.Decisions.Where(decision => decision.Rung == 1).Select(decision => decision.Ranked));
        Assert.Equal(1, description.Answer.Best.Number);
        Assert.InRange(description.Progress.Trials.Completed, 3, 12);
        await AssertReplayAsync(sweep);
    }

    [Fact]
    public async Task Rung_FurtherRound_IsRankedAmongTheEarlierOnes()
    {
        var sweep = await SubmitAndProfileAsync(With(new LearningRateGrid.Log(0.01, 100, 16) { Refine = 1 }));
        var grant = await Worker.AcquireOrFailAsync();
        await ClimbAsync(grant);
        await Worker.FinishAsync(grant);

        // One rate is the best's only neighbour half-way. It is better than the 16 of the round before.
        var refined = await Worker.AcquireOrFailAsync();
        var answer = await Worker.ReportAsync(refined, report => report.Measurements.Add(refined.Train.Trials.Select(trial => RungSamples.Rung(trial.Number, 1, 0.05))));
        await Worker.FinishAsync(refined);

        var decision = (await DescribeAsync(sweep)).Pruning.Decisions[^1];
        Assert.Equal((17, 1, RungOutcome.Ranked), (decision.Ranked, decision.Entries.Single().Place, decision.Entries.Single().Outcome));
        Assert.Equal([17], answer.OpenTrials);
    }

    [Fact]
    public async Task Rung_JobTakenBackAndGrantedAgain_HasTheSurvivorsOnly()
    {
        var sweep = await SubmitAndProfileAsync(With(rates: 16));
        var lost = await Worker.AcquireOrFailAsync();
        await Worker.ReportAsync(lost, report => report.Measurements.Add(Rungs(lost, 1)));
        await Worker.ReleaseAsync(lost);
        await Host.RestartAsync();

        var grant = await Worker.AcquireOrFailAsync();
        await ClimbAsync(grant);
        await Worker.FinishAsync(grant);

        Assert.Equal([1, 2, 3, 4], grant.Train.Trials.Select(trial => trial.Number));
        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 2), (description.Progress.State, description.Pruning.Decisions.Count));
    }

    [Fact]
    public async Task Rung_PrunedTrial_IsNotRetried()
    {
        var sweep = await SubmitAndProfileAsync(With(rates: 16));
        var grant = await Worker.AcquireOrFailAsync();
        await ClimbAsync(grant);
        await Worker.FinishAsync(grant);

        var retried = await Host.Sweeps.RetrySweepAsync(new RetrySweepRequest { Sweep = sweep, Trials = { 16 } }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(retried.Retried);
    }

    [Fact]
    public async Task Describe_TrialsTooShortForARung_SaysThatNothingCanBePruned()
    {
        var sweep = await SubmitAndProfileAsync(Samples.Submission(Samples.Spec with { Pruning = new PruningSpec.SuccessiveHalving() }));

        var description = await DescribeAsync(sweep);

        Assert.Contains(description.Remarks, remark => remark.StartsWith("No trial of 10 steps with the schedule constant is pruned: 1/4 of its steps are over before step 64", StringComparison.Ordinal));
        Assert.Empty(description.Pruning.Decisions);
    }

    [Fact]
    public async Task Describe_NoPruning_TellsNothingOfIt() => Assert.Null((await DescribeAsync(await SubmitAndProfileAsync())).Pruning);
}

public sealed class MemoryPruningTests() : PruningTests(StoreChoice.Memory);

public sealed class SqlitePruningTests() : PruningTests(StoreChoice.Sqlite);
