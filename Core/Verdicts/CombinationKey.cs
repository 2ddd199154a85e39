using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Verdicts;

/// <summary>What trials have in common whose rates are compared with each other: every parameter but the rate and the repeat.</summary>
public sealed record CombinationKey(OptimizerSettings Optimizer, ScheduleSettings Schedule, ModelSpec Model, TrainingSpec Training)
{
    public static CombinationKey Of(TrialParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new CombinationKey(parameters.Optimizer, parameters.Schedule, parameters.Model, parameters.Training);
    }
}
