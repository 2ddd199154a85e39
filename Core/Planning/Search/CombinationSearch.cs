using CloudSweep.Core.Domain;
using CloudSweep.Core.RangeTest;
using CloudSweep.Core.Spec;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.Planning.Search;

/// <summary>The further rates of each combination of a sweep, from what it found.</summary>
internal sealed class CombinationSearch(RangeGrids grids, SweepAnswer answer, IReadOnlyCollection<Trial> present)
{
    private readonly ILookup<CombinationKey, double> _tried = present.Where(trial => trial.Parameters.Ramp is null).ToLookup(trial => CombinationKey.Of(trial.Parameters), trial => trial.Parameters.LearningRate);
    private readonly Dictionary<CombinationKey, CombinationFinding> _findings = answer.Findings.ToDictionary(finding => finding.Key);

    /// <summary>
    /// Rates beyond the side on which the best one is not bracketed, or half of them on each. Where every rate diverged, lower ones; where all came to
    /// their end and learned nothing, higher ones. Where rates failed or were cancelled nobody knows which side it is.
    /// </summary>
    public IEnumerable<double> BeyondEdges(RateCombination combination)
    {
        var grid = grids.Of(combination);
        if (!grid.ExtendEdges || grid is LearningRateGrid.Auto || _findings.GetValueOrDefault(CombinationKey.Of(combination)) is not { } finding)
        {
            return [];
        }

        var (below, above) = OpenSides(finding);
        var count = below && above ? NextRound.RatesPerEdgeRound / 2 : NextRound.RatesPerEdgeRound;
        var tried = _tried[finding.Key];
        IEnumerable<double> rates =
        [
            .. below ? LearningRates.Below(grid, count, tried.Min()) : [],
            .. above ? LearningRates.Above(grid, count, tried.Max()) : [],
        ];
        return rates.Where(SearchRules.IsRate);
    }

    /// <summary>The rates half-way, on a log scale, between the best one and the tried ones beside it.</summary>
    public IEnumerable<double> AroundBest(RateCombination combination, int refinements)
    {
        if (refinements >= grids.Of(combination).Refine
            || _findings.GetValueOrDefault(CombinationKey.Of(combination)) is not { Finding: Finding.Learned, BestRate: { } best } finding)
        {
            yield break;
        }

        double[] tried = [.. _tried[finding.Key].Distinct().Order()];
        var index = Array.IndexOf(tried, best);
        if (index > 0 && NextRound.AreApart(tried[index - 1], best))
        {
            yield return LearningRates.Between(tried[index - 1], best);
        }

        if (index < tried.Length - 1 && NextRound.AreApart(best, tried[index + 1]))
        {
            yield return LearningRates.Between(best, tried[index + 1]);
        }
    }

    private (bool Below, bool Above) OpenSides(CombinationFinding finding) => finding switch
    {
        { IsComplete: false } => (false, false),
        { Finding: Finding.Learned } when RangeOf(finding.Key) is { } range => (!range.IsBracketedBelow, !range.IsBracketedAbove),
        { Finding: Finding.NothingToCompare, HasDiverged: true, BestRate: null } => (true, false),
        { Finding: Finding.NothingLearned or Finding.NothingMoved, HasDiverged: false } => (false, true),
        _ => (false, false),
    };

    private StableRange? RangeOf(CombinationKey key) =>
        answer.StableRanges.FirstOrDefault(range => new CombinationKey(range.Optimizer, range.Schedule, range.Model, range.Training) == key);
}
