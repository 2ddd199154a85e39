using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.Tests.Verdicts;

/// <summary>Every kind of verdict on hand-made results; the formulas are those of docs/verdicts.md.</summary>
public sealed class VerdictTests
{
    [Fact]
    public void Verdict_TypicalSweep_GoesFromTooSlowOverGoodToDiverged() =>
        Assert.Equal(
            [VerdictKind.TooSlow, VerdictKind.TooSlow, VerdictKind.Good, VerdictKind.Good, VerdictKind.TooLarge, VerdictKind.Diverged],
            new SweepResults()
                .Completed(0.001, 0.2)
                .Completed(0.01, 1.2)
                .Completed(0.1, 1.98)
                .Completed(1, 2)
                .Completed(2, 1.5)
                .Ended(4, TrialState.Diverged)
                .Verdicts());

    [Fact]
    public void Verdict_StoppedTrial_IsDivergedForItsReason()
    {
        var verdict = new SweepResults().Completed(0.1, 2).Ended(1, TrialState.Diverged, "loss was not finite at step 7").Answer().Verdicts[1];

        Assert.Equal((VerdictKind.Diverged, "loss was not finite at step 7"), (verdict.Verdict, verdict.Evidence));
    }

    [Fact]
    public void Verdict_OneOfThreeRepeatsStopped_IsDiverged() =>
        Assert.Equal(
            [VerdictKind.Good, VerdictKind.Diverged],
            new SweepResults(repeats: 3)
                .Completed(0.1, 2).Completed(0.1, 2).Completed(0.1, 2)
                .Completed(1, 2).Ended(1, TrialState.Diverged).Completed(1, 2)
                .Verdicts());

    [Fact]
    public void Verdict_SomeRepeatsDiverged_SaysHowMany()
    {
        var verdicts = new SweepResults(repeats: 3)
            .Completed(0.1, 2).Completed(0.1, 2).Completed(0.1, 2)
            .Completed(0.5, 1.9).Completed(0.5, 0).Completed(0.5, double.NaN)
            .Completed(1, 2).Ended(1, TrialState.Diverged, "loss is NaN").Completed(1, 2)
            .Ended(2, TrialState.Diverged, "loss is NaN").Ended(2, TrialState.Diverged, "loss is NaN").Ended(2, TrialState.Diverged, "loss is NaN")
            .Answer().Verdicts;

        Assert.Equal(
            ["ended no better than the baseline 2.3 (2 of 3 repeats)", "loss is NaN (1 of 3 repeats)", "loss is NaN"],
            verdicts.Skip(1).Select(verdict => verdict.Evidence));
    }

    // 0.02·B = 0.0461: a smaller gain is no better than the best constant.
    [Theory]
    [InlineData(0.046, VerdictKind.Diverged)]
    [InlineData(0.047, VerdictKind.TooLarge)]
    public void Verdict_AboveTheBest_DivergedWithinTwoPercentOfTheBaseline(double gain, VerdictKind expected) =>
        Assert.Equal([VerdictKind.Good, expected], new SweepResults().Completed(0.1, 2).Completed(1, gain).Verdicts());

    [Fact]
    public void Verdict_NothingLearnedBelowTheBest_IsTooSlow() =>
        Assert.Equal([VerdictKind.TooSlow, VerdictKind.Good], new SweepResults().Completed(0.1, -0.1).Completed(1, 2).Verdicts());

    [Fact]
    public void Verdict_OneOfTwoRepeatsNoBetterThanAConstant_IsDiverged() =>
        Assert.Equal(
            [VerdictKind.Good, VerdictKind.Diverged],
            new SweepResults(repeats: 2).Completed(0.1, 2).Completed(0.1, 2).Completed(1, 1.9).Completed(1, 0).Verdicts());

    // S = 2, so 0.02·S = 0.04.
    [Theory]
    [InlineData(1.961, VerdictKind.Good)]
    [InlineData(1.959, VerdictKind.TooLarge)]
    public void Verdict_WithoutNoise_GoodUpToTwoPercentOfTheGain(double gain, VerdictKind expected) =>
        Assert.Equal([VerdictKind.Good, expected], new SweepResults().Completed(0.1, 2).Completed(1, gain).Verdicts());

    // SE = √(0.03² + 0.04²) = 0.05 from one evaluation each: good up to 2·SE = 0.1.
    [Theory]
    [InlineData(1.901, VerdictKind.Good)]
    [InlineData(1.899, VerdictKind.TooLarge)]
    public void Verdict_OneRepeat_GoodUpToTwiceTheEvaluationNoise(double gain, VerdictKind expected) =>
        Assert.Equal([VerdictKind.Good, expected], new SweepResults().Completed(0.1, 2, error: 0.04).Completed(1, gain, error: 0.03).Verdicts());

    // Good at the hypothesis that its noise is the best's: SE = √(0.03² + 0.03²) = 0.0424, whatever its own noise is (ADR 6).
    [Theory]
    [InlineData(1.916, VerdictKind.Good)]
    [InlineData(1.914, VerdictKind.TooLarge)]
    public void Verdict_NoisierThanTheBest_IsNotExcusedByItsOwnNoise(double gain, VerdictKind expected) =>
        Assert.Equal([VerdictKind.Good, expected], new SweepResults().Completed(0.1, 2, error: 0.03).Completed(1, gain, error: 0.5).Verdicts());

    [Theory]
    [InlineData(1.9, 0.04, "0.1 worse, within 2 SE (0.11)")]
    [InlineData(1.97, 0.005, "0.03 worse, within 2% of gain (0.04)")]
    public void Verdict_Good_SaysWhichBoundMadeItSo(double gain, double error, string evidence)
    {
        var verdict = new SweepResults().Completed(0.1, 2, error).Completed(1, gain, error).Answer().Verdicts[1];

        Assert.Equal((VerdictKind.Good, evidence), (verdict.Verdict, verdict.Evidence));
    }

    [Fact]
    public void Verdict_Repeats_TakeTheirNoiseFromPairedDifferences()
    {
        // Rate 1: differences −0.02 and 0.10, mean 0.04, variance (0.06² + 0.06²)/1 = 0.0072, σ = 0.0849, SE = σ/√2 = 0.06.
        // Rate 2: differences 0.30 and 0.30: more than 0.1·S = 0.195, so they do not count for σ, and more than 2·SE = 0.12.
        var answer = new SweepResults(repeats: 2)
            .Completed(0.1, 2.0).Completed(0.1, 1.9)
            .Completed(1, 2.02).Completed(1, 1.8)
            .Completed(2, 1.7).Completed(2, 1.6)
            .Answer();

        Assert.Equal([VerdictKind.Good, VerdictKind.Good, VerdictKind.TooLarge], answer.Verdicts.Select(verdict => verdict.Verdict));
        Assert.Equal([true, true, false], answer.Verdicts.Select(verdict => verdict.IsTied));
        Assert.Equal("0.04 worse, within 2 SE (0.12)", answer.Verdicts[1].Evidence);
    }

    // The last ten windows alternate by ±d: 5 of 9 changes rise. The slope of their line is Σxy/Σx² = 5d/82.5,
    // so the deviation about it is √((10d² − 25d²/82.5)/10) = 0.985·d, to be compared with 0.05·S = 0.1.
    [Theory]
    [InlineData(0.103, VerdictKind.Oscillating)]
    [InlineData(0.100, VerdictKind.TooLarge)]
    public void Verdict_AlternatingLoss_OscillatesBeyondFivePercentOfTheGain(double amplitude, VerdictKind expected) =>
        Assert.Equal(
            [VerdictKind.Good, expected],
            new SweepResults().Completed(0.1, 2).Completed(1, 1, curve: Curves.Alternating(1.3, amplitude)).Verdicts());

    // Batches deviate by 1 within windows of 100 steps, so 3·1/√100 = 0.3 is to be expected of the means.
    [Theory]
    [InlineData(0.31, VerdictKind.Oscillating)]
    [InlineData(0.30, VerdictKind.TooLarge)]
    public void Verdict_AlternatingLossOfNoisyBatches_OscillatesBeyondTheirNoise(double amplitude, VerdictKind expected) =>
        Assert.Equal(
            [VerdictKind.Good, expected],
            new SweepResults().Completed(0.1, 2).Completed(1, 1, curve: Curves.Alternating(1.3, amplitude), noise: 1).Verdicts());

    // As above, but all rows are no sample: the deviation inside a window says nothing about noise, so 0.05·S counts.
    [Theory]
    [InlineData(0.103, VerdictKind.Oscillating)]
    [InlineData(0.100, VerdictKind.TooLarge)]
    public void Verdict_AlternatingLossOfFullBatches_OscillatesBeyondFivePercentOfTheGain(double amplitude, VerdictKind expected) =>
        Assert.Equal(
            [VerdictKind.Good, expected],
            new SweepResults().Completed(0.1, 2).Completed(1, 1, curve: Curves.Alternating(1.3, amplitude), noise: 1).WithFullBatches().Verdicts());

    // The deviation is far above 0.1; what differs is how many of the 9 late changes rise.
    [Theory]
    [InlineData(new[] { 1.0, 0.8, 0.6, 1.4, 1.2, 1.0, 0.8, 1.6, 1.4, 1.2 }, VerdictKind.TooLarge)]
    [InlineData(new[] { 1.0, 0.8, 0.6, 1.4, 1.2, 1.0, 0.8, 1.6, 1.4, 1.5 }, VerdictKind.Oscillating)]
    public void Verdict_LossJumps_OscillatesFromAThirdOfTheChanges(double[] lateLosses, VerdictKind expected) =>
        Assert.Equal(
            [VerdictKind.Good, expected],
            new SweepResults().Completed(0.1, 2).Completed(1, 1, curve: Curves.EndingIn(lateLosses)).Verdicts());

    [Fact]
    public void Verdict_LossRisesSteadily_DoesNotOscillate() =>
        Assert.Equal(
            [VerdictKind.Good, VerdictKind.TooLarge],
            new SweepResults().Completed(0.1, 2).Completed(1, 1, curve: Curves.Falling(0.5, 1.5)).Verdicts());

    [Fact]
    public void Verdict_AlternatingLossOfAGoodRate_IsGood() =>
        Assert.Equal([VerdictKind.Good], new SweepResults().Completed(0.1, 2, curve: Curves.Alternating(0.3, 0.5)).Verdicts());

    // Quarters are five windows; below an improvement of 0.01·S = 0.02 from the third quarter to the last it is stuck.
    [Theory]
    [InlineData(0.0050, "1 worse than rate 1, still improving")]
    [InlineData(0.0039, "1 worse than rate 1, stuck")]
    public void Verdict_TooSlow_SaysWhetherItStillImproves(double fallPerWindow, string evidence)
    {
        var verdict = new SweepResults()
            .Completed(0.1, 1, curve: Curves.Falling(1.5, 1.5 - (19 * fallPerWindow)))
            .Completed(1, 2)
            .Answer().Verdicts[0];

        Assert.Equal((VerdictKind.TooSlow, evidence), (verdict.Verdict, verdict.Evidence));
    }

    [Fact]
    public void Verdict_TooLarge_SaysHowMuchWorse()
    {
        var verdict = new SweepResults().Completed(0.1, 2).Completed(1, 1.25).Answer().Verdicts[1];

        Assert.Equal((VerdictKind.TooLarge, "0.75 worse than rate 0.1"), (verdict.Verdict, verdict.Evidence));
    }

    [Fact]
    public void Verdict_PrunedTrials_GoByTheirSideOfTheBestAndAreProvisional()
    {
        var verdicts = new SweepResults().Pruned(0.01, 1).Completed(0.1, 2).Pruned(1, 1.99).Answer().Verdicts;

        Assert.Equal([VerdictKind.TooSlow, VerdictKind.Good, VerdictKind.TooLarge], verdicts.Select(verdict => verdict.Verdict));
        Assert.Equal([true, false, true], verdicts.Select(verdict => verdict.IsProvisional));
        Assert.EndsWith("behind 0.1; its score is from before", verdicts[2].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_PrunedBeforeItsFirstEvaluation_GoesByItsSideToo()
    {
        var verdicts = new SweepResults().Ended(0.01, TrialState.Pruned).Completed(0.1, 2).Ended(1, TrialState.Pruned).Answer().Verdicts;

        Assert.Equal([VerdictKind.TooSlow, VerdictKind.Good, VerdictKind.TooLarge], verdicts.Select(verdict => verdict.Verdict));
        Assert.Equal(["pruned at step 2000, behind 0.1", "pruned at step 2000, behind 0.1"], [verdicts[0].Evidence, verdicts[2].Evidence]);
    }

    [Fact]
    public void Verdict_PrunedWhenNoBetterThanAConstant_HasNotDiverged()
    {
        var verdict = new SweepResults().Completed(0.1, 2).Pruned(1, 0).Answer().Verdicts[1];

        Assert.Equal((VerdictKind.TooLarge, true), (verdict.Verdict, verdict.IsProvisional));
    }

    [Fact]
    public void Verdict_SurvivorAboveADivergedRate_IsIsolated()
    {
        var verdicts = new SweepResults().Completed(0.1, 1.9).Ended(1, TrialState.Diverged).Completed(10, 2).Answer().Verdicts;

        Assert.Equal([VerdictKind.Good, VerdictKind.Diverged, VerdictKind.Good], verdicts.Select(verdict => verdict.Verdict));
        Assert.Equal([false, false, true], verdicts.Select(verdict => verdict.IsIsolated));
    }

    [Fact]
    public void Verdict_Accuracy_IsJudgedUpwardsAndReportedWithItsNaturalSign()
    {
        // B = 0.1, S = 0.9 − 0.1 = 0.8: good down to 0.9 − 0.016 = 0.884, diverged up to 0.1 + 0.002.
        var verdicts = new SweepResults()
            .Accurate(0.01, 0.5).Accurate(0.1, 0.9).Accurate(1, 0.885).Accurate(2, 0.883).Accurate(4, 0.101)
            .AnswerByAccuracy().Verdicts;

        Assert.Equal(
            [VerdictKind.TooSlow, VerdictKind.Good, VerdictKind.Good, VerdictKind.TooLarge, VerdictKind.Diverged],
            verdicts.Select(verdict => verdict.Verdict));
        Assert.Equal([0.5, 0.9, 0.885, 0.883, 0.101], verdicts.Select(verdict => verdict.Mean));
    }
}
