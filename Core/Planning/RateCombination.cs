using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>One combination of all that a sweep tries but the rate and the repeat: rates are compared within it.</summary>
/// <param name="Variant">Model and training.</param>
/// <param name="Optimizer">Optimizer, and its own rates where it has any.</param>
/// <param name="Schedule">How the rate changes.</param>
public sealed record RateCombination(SweepVariant Variant, OptimizerChoice Optimizer, ScheduleSettings Schedule)
{
    /// <summary>All of a sweep, by variant, optimizer, schedule.</summary>
    public static IEnumerable<RateCombination> Of(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return
            from variant in spec.Variants()
            from choice in spec.Optimizers
            from schedule in spec.Schedules
            select new RateCombination(variant, choice, schedule);
    }

    /// <summary>The rates that the sweep file gives it.</summary>
    public LearningRateGrid GridIn(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Optimizer.LearningRate ?? spec.LearningRate;
    }

    /// <summary>What to try at these rates, by rate, then repeat.</summary>
    /// <param name="rates">Ascending.</param>
    /// <param name="repeats">Trials per rate, ≥ 1.</param>
    public IEnumerable<TrialParameters> At(IReadOnlyList<double> rates, int repeats) =>
        from rateIndex in Enumerable.Range(0, rates.Count)
        from repeat in Enumerable.Range(0, repeats)
        select new TrialParameters(rates[rateIndex], Optimizer.Settings, Schedule, repeat, rateIndex, Variant.Model, Variant.Training);
}
