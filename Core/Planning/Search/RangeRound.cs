using CloudSweep.Core.Domain;
using CloudSweep.Core.RangeTest;

namespace CloudSweep.Core.Planning.Search;

/// <summary>The full trials that follow range tests: the rates between the bounds that were proposed. A pure function of what is stored.</summary>
public static class RangeRound
{
    /// <param name="spec">The sweep.</param>
    /// <param name="present">All its trials.</param>
    /// <param name="decisions">Those that were just made; combinations that were decided about before have had their round.</param>
    /// <returns>Numbered on; none where only the range tests are wanted.</returns>
    public static IReadOnlyList<Trial> Of(SweepSpec spec, IReadOnlyCollection<Trial> present, IReadOnlyCollection<RangeDecision> decisions)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var grids = new RangeGrids(spec, present, decisions);
        return [.. TrialRound.Add(spec, present, combination => combination.GridIn(spec) is LearningRateGrid.Auto ? LearningRates.Of(grids.Of(combination)) : [])];
    }
}
