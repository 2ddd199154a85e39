using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Planning.Search;
using CloudSweep.Core.RangeTest;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.Tests.Planning.Search;

public sealed class NextRoundTests
{
    private static readonly LearningRateGrid.Log Grid = new(0.01, 1, 3);
    private static readonly CombinationKey Key = CombinationKey.Of(TrialExpander.Expand(Some.Sweep(1)).First().Parameters);

    [Fact]
    public void Of_NothingAskedFor_IsNone() => Assert.Null(Next(Grid, Learned(best: 0.01, below: false, above: true)));

    [Fact]
    public void Of_NotBracketedAbove_GoesOnByTheGridsRatio() =>
        Assert.Equal((RoundKind.Edges, [10, 100, 1000, 10000]), Next(Grid with { ExtendEdges = true }, Learned(best: 1, below: true, above: false)));

    [Fact]
    public void Of_NotBracketedBelow_GoesOnBelow() =>
        Assert.Equal((RoundKind.Edges, [1e-6, 1e-5, 1e-4, 1e-3]), Next(Grid with { ExtendEdges = true }, Learned(best: 0.01, below: false, above: true)));

    [Fact]
    public void Of_NotBracketedAtAll_DividesTheRoundBetweenBothSides() =>
        Assert.Equal((RoundKind.Edges, [1e-4, 1e-3, 10, 100]), Next(Grid with { ExtendEdges = true }, Learned(best: 0.1, below: false, above: false)));

    [Fact]
    public void Of_SecondRound_GoesOnFromTheRatesOfTheFirst() =>
        Assert.Equal((RoundKind.Edges, [1e5, 1e6, 1e7, 1e8]), Next(Grid with { ExtendEdges = true }, Learned(best: 1e4, below: true, above: false), edgeRounds: 1, added: [10, 100, 1000, 10000]));

    [Fact]
    public void Of_ThreeRoundsBeyondTheEdges_IsNone() =>
        Assert.Null(Next(Grid with { ExtendEdges = true }, Learned(best: 1, below: true, above: false), edgeRounds: NextRound.MaxEdgeRounds));

    [Fact]
    public void Of_Bracketed_IsNone() => Assert.Null(Next(Grid with { ExtendEdges = true }, Learned(best: 0.1, below: true, above: true)));

    [Fact]
    public void Of_EveryRateDiverged_TriesLowerOnes() =>
        Assert.Equal([1e-6, 1e-5, 1e-4, 1e-3], Next(Grid with { ExtendEdges = true }, Unlearned(Finding.NothingToCompare, hasDiverged: true))!.Value.Rates);

    [Fact]
    public void Of_NothingLearnedAndNoneDiverged_TriesHigherOnes() =>
        Assert.Equal([10, 100, 1000, 10000], Next(Grid with { ExtendEdges = true }, Unlearned(Finding.NothingLearned, hasDiverged: false))!.Value.Rates);

    [Theory]
    [InlineData(Finding.TooFewSteps, false)]
    [InlineData(Finding.NothingLearned, true)]
    public void Of_MoreRatesWouldTellNothing_IsNone(Finding finding, bool hasDiverged) =>
        Assert.Null(Next(Grid with { ExtendEdges = true }, Unlearned(finding, hasDiverged)));

    [Fact]
    public void Of_ARateFailed_DoesNotGuessASide() =>
        Assert.Null(Next(Grid with { ExtendEdges = true }, Unlearned(Finding.NothingToCompare, hasDiverged: true, isComplete: false)));

    [Fact]
    public void Of_Refine_HalvesTheGapOnBothSidesOfTheBest() =>
        Assert.Equal((RoundKind.Refinement, [0.0316227766017, 0.316227766017]), Next(Grid with { Refine = 1 }, Learned(best: 0.1, below: true, above: true)));

    [Fact]
    public void Of_RefineAtTheEnd_HasOneNeighbour() =>
        Assert.Equal([0.316227766017], Next(Grid with { Refine = 1 }, Learned(best: 1, below: true, above: false))!.Value.Rates);

    [Fact]
    public void Of_RefinedAsOftenAsAsked_IsNone() => Assert.Null(Next(Grid with { Refine = 2 }, Learned(best: 0.1, below: true, above: true), refinements: 2));

    [Fact]
    public void Of_NeighboursTooClose_IsNone() =>
        Assert.Null(Next(Grid with { Refine = 10 }, Learned(best: 0.1, below: true, above: true), refinements: 9, added: [0.099, 0.101]));

    [Fact]
    public void Of_BothAskedFor_BracketsFirst()
    {
        var grid = Grid with { ExtendEdges = true, Refine = 1 };

        Assert.Equal(RoundKind.Edges, Next(grid, Learned(best: 1, below: true, above: false))!.Value.Kind);
        Assert.Equal(RoundKind.Refinement, Next(grid, Learned(best: 10, below: true, above: true), edgeRounds: 1, added: [10, 100])!.Value.Kind);
    }

    [Fact]
    public void Of_RatesThatNoTrialCanHave_AreLeftOut() =>
        Assert.Equal([1e38], Next(new LearningRateGrid.Log(1e32, 1e35, 2) { ExtendEdges = true }, Learned(best: 1e35, below: true, above: false))!.Value.Rates);

    [Fact]
    public void Of_Repeats_MakesAllOfThem()
    {
        var spec = Some.Sweep(1) with { LearningRate = Grid with { Refine = 1 }, Repeats = 3 };
        Trial[] present = [.. TrialExpander.Expand(spec)];

        var round = NextRound.Of(spec, Learned(best: 0.1, below: true, above: true), present, [], 0, 0)!;

        Assert.Equal(Enumerable.Range(10, 6), round.Trials.Select(trial => trial.Number));
        Assert.Equal([0, 1, 2, 0, 1, 2], round.Trials.Select(trial => trial.Parameters.Repeat));
    }

    [Fact]
    public void MostTrials_EdgesAndRefinement_CountsAllRounds()
    {
        var spec = Some.Sweep(1) with { LearningRate = Grid with { ExtendEdges = true, Refine = 2 }, Repeats = 3 };

        Assert.Equal(3 * ((3 * 4) + (2 * 2)), NextRound.MostTrials(spec));
        Assert.Equal(0, NextRound.MostTrials(Some.Sweep(1)));
    }

    [Fact]
    public void MostTrials_RangeTest_CountsTheRoundThatFollows()
    {
        var spec = Some.Sweep(1) with { LearningRate = new LearningRateGrid.Auto(16) { ExtendEdges = true }, Repeats = 3 };

        Assert.Equal(3 * (16 + (3 * 4)), NextRound.MostTrials(spec));
        Assert.Equal(0, NextRound.MostTrials(spec with { LearningRate = new LearningRateGrid.Auto(0) }));
    }

    [Fact]
    public void Of_NotBracketedAboveAfterARangeTest_GoesOnByTheProposedGridsRatio()
    {
        RangeDecision[] ranges = [new(1, new RangeFinding.Proposed(new RangeEnd(0.01, 0.1, ""), new RangeEnd(1, 0.5, "")), [1])];

        var round = Next(new LearningRateGrid.Auto(3) { ExtendEdges = true }, Learned(best: 1, below: true, above: false), added: [0.01, 0.1, 1], ranges: ranges);

        Assert.Equal((RoundKind.Edges, [10, 100, 1000, 10000]), round);
    }

    [Fact]
    public void Of_RangeTestOfWhichEveryRampFailed_IsNone() =>
        Assert.Null(Next(new LearningRateGrid.Auto(3) { ExtendEdges = true }, Learned(best: 1, below: true, above: false), added: [1]));

    private static (RoundKind Kind, double[] Rates)? Next(LearningRateGrid grid, SweepAnswer answer, int edgeRounds = 0, int refinements = 0, double[]? added = null, RangeDecision[]? ranges = null)
    {
        var spec = Some.Sweep(1) with { LearningRate = grid };
        Trial[] file = [.. TrialExpander.Expand(spec)];
        Trial[] present = [.. file, .. TrialRound.Add(spec, file, _ => added ?? [])];
        var round = NextRound.Of(spec, answer, present, ranges ?? [], edgeRounds, refinements);
        return round is null ? null : (round.Kind, [.. round.Trials.Select(trial => trial.Parameters.LearningRate)]);
    }

    private static SweepAnswer Learned(double best, bool below, bool above) => Answer(
        new CombinationFinding(Key, Finding.Learned, best, HasDiverged: false, IsComplete: true),
        new StableRange(Key.Optimizer, Key.Schedule, Key.Model, Key.Training, best, best, 0, below, above));

    private static SweepAnswer Unlearned(Finding finding, bool hasDiverged, bool isComplete = true) =>
        Answer(new CombinationFinding(Key, finding, null, hasDiverged, isComplete));

    private static SweepAnswer Answer(CombinationFinding finding, params IReadOnlyList<StableRange> ranges) =>
        new(null, null, "", [], ranges, [], double.NaN) { Findings = [finding] };
}
