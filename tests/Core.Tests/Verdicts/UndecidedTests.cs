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
        Assert.Equal(0.1, answer.Recommended!.Trial.Parameters.LearningRate);
    }

    [Fact]
    public void Answer_PrunedRateAheadAtItsRung_IsNotRecommended()
    {
        var answer = new SweepResults().Completed(0.1, 2).Pruned(1, 2.1).Answer();

        Assert.Equal(0.1, answer.Recommended!.Trial.Parameters.LearningRate);
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

        Assert.All(answer.Verdicts, verdict => Assert.Equal("no rate learned more than the noise: the best is 0.15 better than a constant", verdict.Evidence));
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
    public void Answer_NoTrials_IsEmpty() => Assert.Empty(new SweepResults().Answer().Verdicts);
}
