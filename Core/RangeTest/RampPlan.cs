using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Core.RangeTest;

/// <summary>The ramps of a range test.</summary>
public static class RampPlan
{
    /// <summary>Rate of the first step.</summary>
    public const double Lowest = 1e-6;

    /// <summary>Rate of the last step.</summary>
    public const double Highest = 100;

    /// <summary>Most steps of a ramp: 50 for each factor of ten.</summary>
    public const int Steps = 400;

    /// <summary>With fewer steps nothing is told: 5 for each factor of ten.</summary>
    public const int FewestSteps = 40;

    // Batches are noisy, so three ramps with other weights and other orders are averaged. A loss over all rows has no such noise, and a step of it costs a whole pass.
    private const int NoisyRamps = 3;

    /// <summary>Ramps of a combination, whatever the sweep's repeats: more of them would not move the bounds.</summary>
    public static int CountOf(TrainingSpec training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return training.BatchSize is null ? 1 : NoisyRamps;
    }

    /// <summary>The ramps of a combination, by repeat.</summary>
    public static IEnumerable<TrialParameters> Of(RateCombination combination)
    {
        ArgumentNullException.ThrowIfNull(combination);
        return Enumerable.Range(0, CountOf(combination.Variant.Training)).Select(repeat =>
            new TrialParameters(Highest, combination.Optimizer.Settings, combination.Schedule, repeat, 0, combination.Variant.Model, combination.Variant.Training) { Ramp = new Ramp(Lowest, Steps) });
    }

    /// <summary>Most trials that follow a sweep's range tests.</summary>
    public static long FollowingTrials(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Repeats * RateCombination.Of(spec).Select(combination => combination.GridIn(spec)).OfType<LearningRateGrid.Auto>().Sum(grid => (long)grid.Count);
    }
}
