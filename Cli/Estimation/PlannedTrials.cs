using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.RangeTest;

namespace CloudSweep.Cli.Estimation;

/// <summary>The trials that a sweep surely has: those of its file and, where a range test finds the rates, those that follow it, at rates that stand in for them.</summary>
/// <param name="First">Of the first round.</param>
/// <param name="Following">Of the round after range tests; numbered on.</param>
internal sealed record PlannedTrials(IReadOnlyList<Trial> First, IReadOnlyList<Trial> Following)
{
    public IEnumerable<Trial> All => First.Concat(Following);

    /// <summary>Ramps among them.</summary>
    public int Ramps => First.Count(trial => trial.Parameters.Ramp is not null);

    public static PlannedTrials Of(SweepSpec spec)
    {
        Trial[] first = [.. TrialExpander.Expand(spec)];
        return new PlannedTrials(first, [.. TrialRound.Add(spec, first, combination => combination.GridIn(spec) is LearningRateGrid.Auto auto ? LearningRates.Of(StandIn(auto)) : [])]);
    }

    /// <summary>Rates of a grid, or how many will stand in its place.</summary>
    public static int RatesOf(LearningRateGrid grid) => grid is LearningRateGrid.Auto auto ? auto.Count : LearningRates.Of(grid).Count;

    private static LearningRateGrid StandIn(LearningRateGrid.Auto auto) =>
        auto.Count == 0 ? auto : new LearningRateGrid.Log(RampPlan.Lowest, RampPlan.Highest, auto.Count);
}
