using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.RangeTest;

/// <summary>The grid of each combination: that of the file or, where that leaves it to a range test, between the bounds that it proposed.</summary>
public sealed class RangeGrids
{
    private readonly SweepSpec _spec;
    private readonly Dictionary<CombinationKey, RangeFinding> _findings;

    /// <param name="spec">The sweep.</param>
    /// <param name="trials">All its trials.</param>
    /// <param name="decisions">All that were made about them.</param>
    public RangeGrids(SweepSpec spec, IEnumerable<Trial> trials, IReadOnlyCollection<RangeDecision> decisions)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        _spec = spec;
        var findings = decisions.ToDictionary(decision => decision.Ramp, decision => decision.Finding);
        _findings = trials.Where(trial => findings.ContainsKey(trial.Number)).ToDictionary(trial => CombinationKey.Of(trial.Parameters), trial => findings[trial.Number]);
    }

    /// <summary>Still <see cref="LearningRateGrid.Auto"/> where nothing was decided, or no rates are to follow.</summary>
    public LearningRateGrid Of(RateCombination combination)
    {
        ArgumentNullException.ThrowIfNull(combination);
        var grid = combination.GridIn(_spec);
        return grid is LearningRateGrid.Auto { Count: > 0 } auto && _findings.GetValueOrDefault(CombinationKey.Of(combination)) is { } finding
            ? new LearningRateGrid.Log(finding.Bounds.Low, finding.Bounds.High, auto.Count) { ExtendEdges = auto.ExtendEdges, Refine = auto.Refine }
            : grid;
    }
}
