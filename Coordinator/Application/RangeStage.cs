using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Search;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.RangeTest;
using CloudSweep.Core.Spec;

namespace CloudSweep.Coordinator.Application;

/// <summary>Decides about the rates of a sweep's combinations once the jobs of their ramps' round are done: in one transaction, once for each.</summary>
internal static class RangeStage
{
    /// <summary>All that was decided about a sweep so far.</summary>
    public static IReadOnlyList<RangeDecision> DecisionsOf(SweepRecord sweep) =>
        sweep.RangesJson is { } json ? CanonicalJson.Read<IReadOnlyList<RangeDecision>>(json) : [];

    /// <summary>
    /// The sweep with what can be decided now, which is to be stored, and the round of full trials that follows from that; none where nothing is new, only the
    /// range test is wanted, or a person stopped the sweep.
    /// </summary>
    public static (SweepRecord Sweep, IReadOnlyList<Trial> Trials) Decide(IStoreTransaction transaction, SweepRecord sweep)
    {
        var spec = SweepDocuments.SpecOf(sweep);
        if (sweep.TrainRows == 0 || !HasRangeTest(spec))
        {
            return (sweep, []);
        }

        var records = transaction.ListTrials(sweep.Id);
        var ramps = records.Where(trial => trial.Parameters.Ramp is not null).Select(trial => TrialMeasurements.ResultOf(trial, TrialMeasurements.Of(transaction, trial)));
        var before = DecisionsOf(sweep);
        if (RangeTests.Decide(ramps, before, sweep.TrainRows) is not { Count: > 0 } decisions)
        {
            return (sweep, []);
        }

        var decided = sweep with { RangesJson = CanonicalJson.Write<IReadOnlyList<RangeDecision>>([.. before, .. decisions]) };
        if (sweep.IsStopped)
        {
            return (decided, []);
        }

        var trials = RangeRound.Of(spec, [.. records.Select(trial => new Trial(trial.Number, trial.Parameters))], decisions);
        if (records.Count + trials.Count <= SweepSpecRules.MaxTrials)
        {
            return (decided, trials);
        }

        transaction.AddRemark(sweep.Id, FormattableString.Invariant($"The {trials.Count} rates that the range test proposes would make more than {SweepSpecRules.MaxTrials} trials with those that were added by hand, so they are not tried."));
        return (decided, []);
    }

    /// <summary>What to tell of a sweep that has ramps only, in the place of a recommendation.</summary>
    public static string AdviceFor(SweepRecord sweep, IReadOnlyList<TrialRecord> ramps) =>
        DecisionsOf(sweep).Count > 0 ? "There is a range test only: it proposes bounds, and no rate was tried within them."
        : ramps.All(ramp => ramp.State is TrialState.Failed or TrialState.Cancelled) ? "No ramp of the range test came to its end, so no rate was tried."
        : "The range test comes first, and is not over yet.";

    public static bool HasRangeTest(SweepSpec spec) =>
        spec.LearningRate is LearningRateGrid.Auto || spec.Optimizers.Any(choice => choice.LearningRate is LearningRateGrid.Auto);
}
