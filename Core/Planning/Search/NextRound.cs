using CloudSweep.Core.Domain;
using CloudSweep.Core.RangeTest;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.Planning.Search;

/// <summary>
/// What a sweep tries next once all its trials are final and its range tests are decided (<see cref="RangeRound"/>): first rates beyond its edges, where <c>extendEdges</c> is set and they did not bracket the best
/// one, then rates between the best one and its neighbours, where <c>refine</c> is set. A pure function of what is stored.
/// </summary>
public static class NextRound
{
    /// <summary>Most rounds beyond the edges.</summary>
    public const int MaxEdgeRounds = 3;

    /// <summary>Most rates that a combination gets in such a round, on both sides together.</summary>
    public const int RatesPerEdgeRound = 4;

    /// <summary>Neighbours closer than this ratio leave nothing to find between them.</summary>
    private const double ClosestRatio = 1.02;

    /// <param name="spec">The sweep.</param>
    /// <param name="answer">What all its trials found; none is open.</param>
    /// <param name="present">All its trials.</param>
    /// <param name="ranges">What its range tests proposed.</param>
    /// <param name="edgeRounds">Rounds beyond the edges so far.</param>
    /// <param name="refinements">Rounds of refinement so far.</param>
    /// <returns>Null when there is nothing left to try.</returns>
    public static PlannedRound? Of(SweepSpec spec, SweepAnswer answer, IReadOnlyCollection<Trial> present, IReadOnlyCollection<RangeDecision> ranges, int edgeRounds, int refinements)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(answer);
        var search = new CombinationSearch(new RangeGrids(spec, present, ranges), answer, present);
        return (edgeRounds < MaxEdgeRounds ? Plan(RoundKind.Edges, search.BeyondEdges) : null)
            ?? Plan(RoundKind.Refinement, combination => search.AroundBest(combination, refinements));

        PlannedRound? Plan(RoundKind kind, Func<RateCombination, IEnumerable<double>> ratesOf)
        {
            Trial[] trials = [.. TrialRound.Add(spec, present, ratesOf)];
            return trials.Length == 0 ? null : new PlannedRound(kind, trials);
        }
    }

    /// <summary>Most trials that all rounds together can add to a sweep, those after range tests included.</summary>
    public static long MostTrials(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return RampPlan.FollowingTrials(spec) + (spec.Repeats * RateCombination.Of(spec).Select(combination => combination.GridIn(spec))
            .Sum(grid => (grid.ExtendEdges ? (long)MaxEdgeRounds * RatesPerEdgeRound : 0) + (2L * grid.Refine)));
    }

    internal static bool AreApart(double low, double high) => high / low >= ClosestRatio;
}
