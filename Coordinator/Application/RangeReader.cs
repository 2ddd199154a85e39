using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.RangeTest;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Coordinator.Application;

/// <summary>Tells what the range tests of a sweep found.</summary>
internal static class RangeReader
{
    /// <param name="view">The store.</param>
    /// <param name="sweep">The sweep.</param>
    /// <param name="trials">All its trials.</param>
    /// <param name="withCurves">Reads the measurements of its ramps too.</param>
    public static IReadOnlyList<RangeReport> Of(IStoreView view, SweepRecord sweep, IEnumerable<TrialRecord> trials, bool withCurves)
    {
        var ramps = trials
            .Where(trial => trial.Parameters.Ramp is not null)
            .Select(trial => TrialMeasurements.ResultOf(trial, withCurves ? TrialMeasurements.Of(view, trial) : []));
        var decided = RangeStage.DecisionsOf(sweep).ToDictionary(decision => decision.Ramp);
        return [.. RangeTests.Of(ramps).Select(test => Of(test, decided.GetValueOrDefault(test[0].Trial.Number), withCurves ? sweep.TrainRows : 0))];
    }

    private static RangeReport Of(IReadOnlyList<TrialResult> ramps, RangeDecision? decision, long trainRows) => new(
        [.. ramps.Select(ramp => ramp.Trial.Number)],
        ramps[0].Trial.Parameters,
        decision?.Finding,
        ramps.All(ramp => ramp.State.IsFinal() && !RangeTests.HasEnded(ramp)),
        trainRows == 0 ? [] : RangeCurve.Of(decision is null ? ramps : [.. ramps.Where(ramp => decision.Used.Contains(ramp.Trial.Number))], trainRows));
}
