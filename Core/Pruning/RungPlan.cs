using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Core.Pruning;

/// <summary>
/// The rungs of a trial: its steps over η, η², …, rounded up, as far as they are not before the first at which a trial may be judged.
/// A pure function of the spec and the row count, the same for all rates of a combination.
/// </summary>
public static class RungPlan
{
    /// <summary>No rung is before this step: the first losses tell about the initial weights.</summary>
    public const long FewestSteps = 64;

    /// <summary>Most rungs of a trial, the latest ones: measurements of a trial are bounded.</summary>
    public const int MaxRungs = 16;

    /// <summary>Ascending; empty when nothing is pruned, or when the trial is too short to have one.</summary>
    /// <param name="pruning">Null = none.</param>
    /// <param name="training">Steps.</param>
    /// <param name="schedule">A rate that still rises is not judged.</param>
    /// <param name="trainRows">Training rows of an epoch.</param>
    public static IReadOnlyList<Rung> Of(PruningSpec? pruning, TrainingSpec training, ScheduleSettings schedule, long trainRows)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (pruning is not PruningSpec.SuccessiveHalving(var factor))
        {
            return [];
        }

        var steps = StepCount.Of(training, trainRows);
        var first = FirstStep(schedule, steps.Total);
        var rungs = new List<long>();
        for (var step = Divide(steps.Total, factor); step >= first && step < steps.Total && rungs.Count < MaxRungs; step = Divide(step, factor))
        {
            rungs.Add(step);
        }

        rungs.Reverse();
        return [.. rungs.Select((step, index) => new Rung(index + 1, step, steps.RowsAt(step)))];
    }

    /// <inheritdoc cref="Of(PruningSpec, TrainingSpec, ScheduleSettings, long)"/>
    public static IReadOnlyList<Rung> Of(PruningSpec? pruning, TrialParameters parameters, long trainRows)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Ramp is null ? Of(pruning, parameters.Training, parameters.Schedule, trainRows) : [];
    }

    /// <summary>The first step at which a trial may be judged: 64, or the end of its warm-up.</summary>
    public static long FirstStep(ScheduleSettings schedule, long totalSteps) => Math.Max(FewestSteps, schedule switch
    {
        ScheduleSettings.WarmupCosine warmup => (long)Math.Ceiling(warmup.WarmupFraction * totalSteps),
        ScheduleSettings.OneCycle cycle => (long)Math.Ceiling(cycle.WarmupFraction * totalSteps),
        _ => 0,
    });

    // ceil(ceil(a / f) / f) = ceil(a / f²), so dividing again and again rounds up once.
    private static long Divide(long steps, int factor) => (steps + factor - 1) / factor;
}
