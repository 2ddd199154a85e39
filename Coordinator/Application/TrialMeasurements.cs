using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Coordinator.Application;

/// <summary>What counts of a trial's measurements: those of its current try. Earlier ones are kept and decide nothing.</summary>
internal static class TrialMeasurements
{
    public static IReadOnlyList<Measurement> Of(IStoreView view, TrialRecord trial) => Current(trial, view.ListMeasurementsOfTrial(trial.Sweep, trial.Number));

    /// <summary>Of all trials of a sweep, read at once.</summary>
    public static Func<TrialRecord, IReadOnlyList<Measurement>> OfAll(IStoreView view, SweepId sweep)
    {
        var measurements = view.ListMeasurements(sweep).ToLookup(measurement => measurement.Trial);
        return trial => Current(trial, measurements[trial.Number]);
    }

    public static TrialResult ResultOf(TrialRecord trial, IReadOnlyList<Measurement> measurements) =>
        new(new Trial(trial.Number, trial.Parameters), trial.State, trial.Reason, trial.Step, measurements);

    private static Measurement[] Current(TrialRecord trial, IEnumerable<Measurement> measurements) => [.. measurements.Where(measurement => measurement.Try == trial.Try)];
}
