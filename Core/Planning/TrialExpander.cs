using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>Makes the trials of a sweep file: by variant, optimizer, schedule, rate, then repeat, numbered from 1.</summary>
public static class TrialExpander
{
    public static IEnumerable<Trial> Expand(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var parameters = RateCombination.Of(spec)
            .SelectMany(combination => combination.At(LearningRates.Of(combination.Optimizer.LearningRate ?? spec.LearningRate), spec.Repeats));
        return parameters.Select((values, index) => new Trial(index + 1, values));
    }

    /// <summary>How many trials <see cref="Expand"/> makes, without making them.</summary>
    public static long Count(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Variants().Count * spec.Optimizers.Sum(choice => Rates(choice.LearningRate ?? spec.LearningRate)) * spec.Schedules.Count * spec.Repeats;
    }

    private static long Rates(LearningRateGrid grid) => grid switch
    {
        LearningRateGrid.Log log => log.Count,
        LearningRateGrid.Linear linear => linear.Count,
        LearningRateGrid.Random random => random.Count,
        LearningRateGrid.List list => list.Rates.Count,
        _ => throw new ArgumentOutOfRangeException(nameof(grid)),
    };
}
