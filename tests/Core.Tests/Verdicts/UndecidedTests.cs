using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.Tests.Verdicts;

/// <summary>When the results allow no verdict, and what is said instead.</summary>
public sealed class UndecidedTests
{
    [Theory]
    [InlineData(TrialState.Failed, "failed: disk full")]
    [InlineData(TrialState.Cancelled, "cancelled before its end")]
    [InlineData(TrialState.Pending, "not finished yet")]
    [InlineData(TrialState.Running, "not finished yet")]
    public void Verdict_TrialDidNotComplete_IsUndecidedForItsState(TrialState state, string evidence)
    {
        var verdict = new SweepResults().Completed(0.1, 2).Ended(1, state, "disk full").Answer().Verdicts[1];

        Assert.Equal((VerdictKind.Undecided, evidence), (verdict.Verdict, verdict.Evidence));
    }

    [Fact]
    public void Verdict_ScoreIsNotFinite_IsDivergedAboveTheBestAndUndecidedBelow()
    {
        var verdicts = new SweepResults().Completed(0.01, double.NaN).Completed(0.1, 2).Completed(1, double.NaN).Answer().Verdicts;

        Assert.Equal((VerdictKind.Undecided, "has no finite score"), (verdicts[0].Verdict, verdicts[0].Evidence));
        Assert.Equal((VerdictKind.Diverged, "ended no better than the baseline 2.3"), (verdicts[2].Verdict, verdicts[2].Evidence));
    }

    [Fact]
    public void Answer_BetterRateWithAFailedRepeat_IsUndecidedAndNotRecommended()
    {
        var answer = new SweepResults(repeats: 2)
            .Completed(0.1, 2).Completed(0.1, 2)
            .Completed(1, 2.1).Ended(1, TrialState.Failed)
            .Answer();

        Assert.Equal([VerdictKind.Good, VerdictKind.Undecided], answer.Verdicts.Select(verdict => verdict.Verdict));
        Assert.Equal(0.1, answer.Recommended!.Configuration.Trial.Parameters.LearningRate);
    }

    [Fact]
    public void Answer_PrunedRateAheadAtItsRung_IsNotRecommended()
    {
        var answer = new SweepResults().Completed(0.1, 2).Pruned(1, 2.1).Answer();

        Assert.Equal(0.1, answer.Recommended!.Configuration.Trial.Parameters.LearningRate);
    }

    [Theory]
    [InlineData(2, VerdictKind.Undecided)]
    [InlineData(3, VerdictKind.TooLarge)]
    public void Verdict_FewLossWindows_IsUndecidedBelowThree(int windows, VerdictKind expected) =>
        Assert.Equal(
            [VerdictKind.Good, expected],
            new SweepResults().Completed(0.1, 2).Completed(1, 1, curve: [.. Enumerable.Repeat(1.3, windows)]).Verdicts());

    // The best gains 0.1: that is nothing when it is within twice the error of its evaluation.
    [Theory]
    [InlineData(0.051, VerdictKind.Undecided)]
    [InlineData(0.049, VerdictKind.Good)]
    public void Verdict_GainWithinItsNoise_IsUndecided(double error, VerdictKind expected) =>
        Assert.Equal([expected], new SweepResults().Completed(0.1, 0.1, error).Verdicts());

    [Fact]
    public void Answer_NothingWasLearned_SaysSoAndRecommendsNothing()
    {
        var answer = new SweepResults().Completed(0.01, 0.01, 0.1).Completed(0.1, 0.15, 0.1).Completed(1, 0, 0.1).Completed(2, 0.14, 0.1).Answer();

        Assert.All(answer.Verdicts, verdict => Assert.Equal("nothing learned: best gained 0.15, 2 SE 0.2", verdict.Evidence));
        Assert.DoesNotContain(answer.Verdicts, verdict => verdict.IsTied || verdict.IsIsolated);
        Assert.Null(answer.Recommended);
        Assert.Empty(answer.StableRanges);
    }

    [Fact]
    public void Answer_BeforeTheProfileIsKnown_KnowsOnlyWhatDiverged()
    {
        var answer = new SweepResults().Completed(0.1, 2).Ended(1, TrialState.Diverged).Answer(isProfiled: false);

        Assert.Equal([VerdictKind.Undecided, VerdictKind.Diverged], answer.Verdicts.Select(verdict => verdict.Verdict));
        Assert.Null(answer.Recommended);
    }

    [Fact]
    public void Answer_EveryRateDiverged_HasNoBestRate()
    {
        var answer = new SweepResults().Ended(0.1, TrialState.Diverged).Ended(1, TrialState.Diverged).Answer();

        Assert.Equal([VerdictKind.Diverged, VerdictKind.Diverged], answer.Verdicts.Select(verdict => verdict.Verdict));
        Assert.Null(answer.Best);
        Assert.Null(answer.Recommended);
        Assert.Empty(answer.StableRanges);
    }

    [Fact]
    public void Answer_FewerThanThreeWindowsEverywhere_RecommendsNothingAndSaysWhatToDo()
    {
        var answer = new SweepResults().Completed(0.1, 1.9, curve: [2, 1]).Completed(1, 2, curve: [2, 1]).Answer();

        Assert.Equal([VerdictKind.Undecided, VerdictKind.Undecided], answer.Verdicts.Select(verdict => verdict.Verdict));
        AssertNothingToTake(answer, "The training is too short to judge: it needs at least 3 optimizer steps. Train for more epochs or use a smaller batch size.");
    }

    // Initial weights that happen to be better than a constant, by 0.3 ± 0.01 or in accuracy by 0.3.
    [Fact]
    public void Answer_LuckyInitialWeightsNeverMoved_RecommendsNothingAndSaysWhatToDo()
    {
        var loss = new SweepResults().Completed(1e-12, 0.3, 0.01, Curves.Falling(2, 2 - 1e-9)).Completed(1e-11, 0.3, 0.01, Curves.Falling(2, 2 - 1e-8)).Answer();
        var accuracy = new SweepResults().Accurate(1e-12, 0.4, Curves.Falling(2.4, 2.4)).Accurate(1e-11, 0.4, Curves.Falling(2.4, 2.4)).AnswerByAccuracy();

        Assert.All([loss, accuracy], answer =>
        {
            Assert.All(answer.Verdicts, verdict => Assert.Equal((VerdictKind.Undecided, "nothing shows that training moved the weights"), (verdict.Verdict, verdict.Evidence)));
            AssertNothingToTake(answer, "No measurement shows that training moved the weights: the loss does not fall, and no lower rate scores worse. Try larger rates or more epochs.");
        });
    }

    // Learned within the first window, so that no curve falls: what a lower rate did not reach, training made.
    [Fact]
    public void Answer_FlatLossButAWorseLowerRate_HasLearned() =>
        Assert.Equal(
            [VerdictKind.TooSlow, VerdictKind.Good],
            new SweepResults().Completed(0.01, 0.1, 0.01, Curves.Falling(2.2, 2.2)).Completed(0.1, 0.3, 0.01, Curves.Falling(2, 2)).Verdicts());

    // No initial weights are that good: the loss is below half of the baseline.
    [Theory]
    [InlineData(1.1, VerdictKind.Good)]
    [InlineData(1.2, VerdictKind.Undecided)]
    public void Answer_FlatLossOfOneRate_HasLearnedBelowHalfTheBaseline(double loss, VerdictKind expected) =>
        Assert.Equal([expected], new SweepResults().Completed(0.1, SweepResults.Baseline - loss, 0.01, Curves.Falling(loss, loss)).Verdicts());

    // Window means of 100 batches with deviation 1 have an error of 0.1; the first against five late ones √(0.01 + 0.002) = 0.11, three times that 0.329.
    [Theory]
    [InlineData(0.32, VerdictKind.Undecided)]
    [InlineData(0.34, VerdictKind.Good)]
    public void Answer_LossFallsByLessThanItsNoise_HasNotMoved(double fall, VerdictKind expected) =>
        Assert.Equal([expected], new SweepResults().Completed(0.1, 0.3, 0.01, [2.3, .. Enumerable.Repeat(2.3 - fall, 19)], noise: 1).Verdicts());

    // All rows are no sample: the deviation inside a window is training, not noise. 1 % of S is 0.003.
    [Theory]
    [InlineData(0.002, VerdictKind.Undecided)]
    [InlineData(0.004, VerdictKind.Good)]
    public void Answer_FullBatchesLossFalls_HasMovedWhateverItsDeviation(double fall, VerdictKind expected) =>
        Assert.Equal([expected], new SweepResults().Completed(0.1, 0.3, 0.01, [2.3, .. Enumerable.Repeat(2.3 - fall, 19)], noise: 1).WithFullBatches().Verdicts());

    [Fact]
    public void Answer_LossFallsButTheScoreDoesNot_AdvisesMoreThanLargerRates() =>
        AssertNothingToTake(
            new SweepResults().Completed(0.1, 0.01, 0.1, Curves.Falling(2.3, 0.5)).Answer(),
            "The training loss falls, but no rate beats the best constant predictor by more than the noise. Try more epochs, more data or another model.");

    [Fact]
    public void Answer_EveryRateDiverged_AdvisesLowerRates() =>
        AssertNothingToTake(new SweepResults().Ended(0.1, TrialState.Diverged).Answer(), "Every rate diverged. Try lower rates.");

    [Fact]
    public void Answer_OnlyASurvivorAboveDivergence_IsUndecidedAndAdvisesLowerRates()
    {
        var answer = new SweepResults().Ended(0.1, TrialState.Diverged).Completed(1, 2).Answer();

        Assert.Equal("nothing to compare it with", answer.Verdicts[1].Evidence);
        AssertNothingToTake(answer, "Every rate that came to its end is above one that diverged. Try lower rates.");
    }

    [Fact]
    public void Answer_EveryTrialFailed_PointsToTheVerdicts() =>
        AssertNothingToTake(new SweepResults().Ended(0.1, TrialState.Failed).Answer(), "No rate came to its end with a finite score. The verdicts tell why.");

    [Fact]
    public void Answer_TrialsAreRunning_SaysSo() =>
        AssertNothingToTake(new SweepResults().Ended(0.1, TrialState.Running).Answer(), "The sweep is not finished yet.");

    // Below the noise nothing is diverged by its score: only what was stopped is.
    [Fact]
    public void Answer_NothingWasLearned_CallsOnlyStoppedRatesDiverged() =>
        Assert.Equal(
            [VerdictKind.Undecided, VerdictKind.Undecided, VerdictKind.Diverged],
            new SweepResults().Completed(0.1, 0.1, 0.1).Completed(1, -5, 0.1).Ended(10, TrialState.Diverged).Verdicts());

    [Fact]
    public void Answer_NoTrials_IsEmpty() => Assert.Empty(new SweepResults().Answer().Verdicts);

    private static void AssertNothingToTake(SweepAnswer answer, string advice)
    {
        Assert.Null(answer.Recommended);
        Assert.Empty(answer.StableRanges);
        Assert.Empty(answer.Tied);
        Assert.Equal(advice, answer.Advice);
    }
}
