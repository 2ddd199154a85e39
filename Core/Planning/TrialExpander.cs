using CloudSweep.Core.Domain;
using CloudSweep.Core.RangeTest;

namespace CloudSweep.Core.Planning;

/// <summary>Makes the first trials of a sweep file: by variant, optimizer, schedule, rate, then repeat, numbered from 1. Where a range test is to find the rates, they are its ramps.</summary>
public static class TrialExpander
{
    public static IEnumerable<Trial> Expand(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var parameters = RateCombination.Of(spec)
            .SelectMany(combination => combination.GridIn(spec) is LearningRateGrid.Auto ? RampPlan.Of(combination) : combination.At(LearningRates.Of(combination.GridIn(spec)), spec.Repeats));
        return parameters.Select((values, index) => new Trial(index + 1, values));
    }

    /// <summary>How many trials <see cref="Expand"/> makes, without making them.</summary>
    public static long Count(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Schedules.Count * spec.Variants().Sum(variant => spec.Optimizers.Sum(choice => Trials(choice.LearningRate ?? spec.LearningRate, variant.Training, spec.Repeats)));
    }

    private static long Trials(LearningRateGrid grid, TrainingSpec training, long repeats) => grid switch
    {
        LearningRateGrid.Log log => log.Count * repeats,
        LearningRateGrid.Linear linear => linear.Count * repeats,
        LearningRateGrid.Random random => random.Count * repeats,
        LearningRateGrid.List list => list.Rates.Count * repeats,
        LearningRateGrid.Auto => RampPlan.CountOf(training),
        _ => throw new ArgumentOutOfRangeException(nameof(grid)),
    };
}
