using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Closed forms of docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR and .CosineAnnealingLR; t counts steps from 0.</summary>
internal static class ReferenceSchedule
{
    public static double RateAt(ScheduleSettings schedule, double initial, int t, int stepsPerEpoch, int totalSteps) => schedule switch
    {
        ScheduleSettings.Constant => initial,

        // η = η₀ · γ^⌊epoch / step_size⌋
        ScheduleSettings.Step step => initial * Math.Pow(step.Gamma, Math.Floor(Math.Floor((double)t / stepsPerEpoch) / step.EveryEpochs)),

        // ηₜ = η_min + ½ (η_max − η_min)(1 + cos(T_cur π / T_max))
        ScheduleSettings.Cosine cosine =>
            cosine.MinimumRate + (0.5 * (initial - cosine.MinimumRate) * (1 + Math.Cos(Math.PI * t / totalSteps))),

        _ => throw new ArgumentOutOfRangeException(nameof(schedule)),
    };
}
