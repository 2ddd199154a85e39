using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>
/// A round of trials that is added to a sweep: its combinations and repeats at further rates. Numbers go on after the last, and trials that are there
/// stay as they are, so their numbers do too.
/// </summary>
public static class TrialRound
{
    /// <param name="spec">The sweep.</param>
    /// <param name="present">All its trials so far.</param>
    /// <param name="ratesOf">The rates that a combination should have, in any order. Those that it has, in single precision, make no trial; a ramp has none.</param>
    /// <returns>Made as they are read, for there may be more than a sweep can hold.</returns>
    public static IEnumerable<Trial> Add(SweepSpec spec, IReadOnlyCollection<Trial> present, Func<RateCombination, IEnumerable<double>> ratesOf)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(ratesOf);
        var tried = present.Where(trial => trial.Parameters.Ramp is null).Select(trial => KeyOf(trial.Parameters)).ToHashSet();
        var last = present.Select(trial => trial.Number).DefaultIfEmpty(0).Max();
        var added =
            from combination in RateCombination.Of(spec)
            let rates = ratesOf(combination).DistinctBy(rate => (float)rate).Order().Where(rate => !tried.Contains(KeyOf(combination, rate))).ToArray()
            from parameters in combination.At(rates, spec.Repeats)
            select parameters;
        return added.Select((parameters, index) => new Trial(last + index + 1, parameters));
    }

    private static (SweepVariant Variant, OptimizerSettings Optimizer, ScheduleSettings Schedule, float Rate) KeyOf(TrialParameters parameters) =>
        (new SweepVariant(parameters.Model, parameters.Training), parameters.Optimizer, parameters.Schedule, (float)parameters.LearningRate);

    private static (SweepVariant Variant, OptimizerSettings Optimizer, ScheduleSettings Schedule, float Rate) KeyOf(RateCombination combination, double rate) =>
        (combination.Variant, combination.Optimizer.Settings, combination.Schedule, (float)rate);
}
