using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Planning.Search;
using CloudSweep.Core.RangeTest;
using CloudSweep.Core.Tests.Planning;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.Tests.RangeTest;

public sealed class RangeTestsTests
{
    private static readonly SweepSpec Spec = Some.Sweep(1) with
    {
        LearningRate = new LearningRateGrid.Auto(4),
        Optimizers = [new OptimizerChoice(new OptimizerSettings.Sgd(), null), new OptimizerChoice(new OptimizerSettings.Adam(), null)],
        Training = SomeRamps.Parameters().Training,
        Repeats = 2,
    };

    private static readonly Trial[] Ramps = [.. TrialExpander.Expand(Spec)];

    [Fact]
    public void Expand_AutomaticRates_AreThreeRampsForEachCombination()
    {
        Assert.Equal([1, 2, 3, 4, 5, 6], Ramps.Select(ramp => ramp.Number));
        Assert.All(Ramps, ramp => Assert.Equal((new Ramp(1e-6, 400), 100), (ramp.Parameters.Ramp, ramp.Parameters.LearningRate)));
        Assert.Equal([0, 1, 2, 0, 1, 2], Ramps.Select(ramp => ramp.Parameters.Repeat));
        Assert.Equal(Ramps.Length, TrialExpander.Count(Spec));
    }

    [Fact]
    public void Expand_AutomaticRatesOverAllRows_AreOneRamp() =>
        Assert.Single(TrialExpander.Expand(Some.Sweep(1) with { LearningRate = new LearningRateGrid.Auto(4), Training = new TrainingSpec(9, null, 0) }));

    [Fact]
    public void Decide_AllRampsEnded_DecidesForEachCombinationOnce()
    {
        var results = Results(_ => TrialState.Completed);

        var decisions = RangeTests.Decide(results, [], SomeRamps.Rows);

        Assert.Equal([1, 4], decisions.Select(decision => decision.Ramp));
        Assert.Empty(RangeTests.Decide(results, decisions, SomeRamps.Rows));
    }

    [Fact]
    public void Decide_OneRampIsOpen_WaitsForIt() =>
        Assert.Equal([4], RangeTests.Decide(Results(number => number == 2 ? TrialState.Running : TrialState.Completed), [], SomeRamps.Rows).Select(decision => decision.Ramp));

    [Fact]
    public void Decide_OneRampFailed_GoesByTheOthers()
    {
        var decision = RangeTests.Decide(Results(number => number == 2 ? TrialState.Failed : TrialState.Completed), [], SomeRamps.Rows)[0];

        Assert.Equal(RangeRule.Find([.. Results(_ => TrialState.Completed).Where(result => result.Trial.Number is 1 or 3)], SomeRamps.Rows), decision.Finding);
    }

    [Fact]
    public void Decide_AllRampsOfACombinationFailed_DecidesNothingThere() =>
        Assert.Equal([1], RangeTests.Decide(Results(number => number > 3 ? TrialState.Failed : TrialState.Completed), [], SomeRamps.Rows).Select(decision => decision.Ramp));

    [Fact]
    public void Of_DecidedCombinations_GetTheProposedRatesWithAllRepeats()
    {
        var decisions = RangeTests.Decide(Results(number => number > 3 ? TrialState.Failed : TrialState.Completed), [], SomeRamps.Rows);

        var trials = RangeRound.Of(Spec, Ramps, decisions);

        Assert.Equal(Enumerable.Range(7, 8), trials.Select(trial => trial.Number));
        Assert.All(trials, trial => Assert.Equal((null, new OptimizerSettings.Sgd()), (trial.Parameters.Ramp, trial.Parameters.Optimizer)));
        Assert.Equal(
            LearningRates.Of(new LearningRateGrid.Log(decisions[0].Finding.Bounds.Low, decisions[0].Finding.Bounds.High, 4)).SelectMany(rate => new[] { rate, rate }),
            trials.Select(trial => trial.Parameters.LearningRate));
    }

    [Fact]
    public void Of_BoundAtTheTopOfTheRamp_IsTriedAsATrialToo()
    {
        RangeDecision[] decisions = [new(1, new RangeFinding.CannotTell(RampPlan.Lowest, RampPlan.Highest, ""), [1])];

        Assert.Contains(RangeRound.Of(Spec, Ramps, decisions), trial => trial.Parameters.LearningRate == RampPlan.Highest);
    }

    [Fact]
    public void Of_RangeTestOnly_HasNoRound() =>
        Assert.Empty(RangeRound.Of(Spec with { LearningRate = new LearningRateGrid.Auto(0) }, Ramps, RangeTests.Decide(Results(_ => TrialState.Completed), [], SomeRamps.Rows)));

    private static TrialResult[] Results(Func<int, TrialState> stateOf) =>
        [.. Ramps.Select(ramp => SomeRamps.Run(ramp.Number, ramp.Parameters, SomeRamps.Valley(1e-3, 1)) with { Trial = ramp, State = stateOf(ramp.Number) })];
}
