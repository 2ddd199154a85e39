using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.Tests.Verdicts.Recorded;

/// <summary>A sweep of one combination that was trained once and kept. <c>record-verdicts</c> of the benchmarks writes these files, <c>draw-verdicts</c> draws them.</summary>
/// <param name="Data">What it was trained on, in a few words.</param>
/// <param name="Spec">The sweep.</param>
/// <param name="Profile">Counts of the labels.</param>
/// <param name="Trials">By rate, then repeat.</param>
internal sealed record RecordedSweep(string Data, SweepSpec Spec, DataProfile Profile, IReadOnlyList<RecordedTrial> Trials)
{
    public SweepAnswer Answer() => SweepAnswerer.Answer(Spec, Profile, [.. Trials.Select(ResultOf)]);

    private TrialResult ResultOf(RecordedTrial trial, int index)
    {
        var parameters = new TrialParameters(trial.Rate, Spec.Optimizers[0].Settings, Spec.Schedules[0], trial.Repeat, index / Spec.Repeats, Spec.Model, Spec.Training);
        return new TrialResult(new Trial(index + 1, parameters), trial.State, trial.Reason, trial.Step, trial.Measurements(index + 1, Spec.Objective.Metric));
    }
}
