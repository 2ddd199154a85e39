using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Core.Verdicts;

/// <summary>What trials have in common whose rates are compared with each other: every parameter but the rate and the repeat.</summary>
public sealed record CombinationKey(OptimizerSettings Optimizer, ScheduleSettings Schedule, ModelSpec Model, TrainingSpec Training)
{
    public static CombinationKey Of(TrialParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new CombinationKey(parameters.Optimizer, parameters.Schedule, parameters.Model, parameters.Training);
    }

    public static CombinationKey Of(RateCombination combination)
    {
        ArgumentNullException.ThrowIfNull(combination);
        return new CombinationKey(combination.Optimizer.Settings, combination.Schedule, combination.Variant.Model, combination.Variant.Training);
    }
}
