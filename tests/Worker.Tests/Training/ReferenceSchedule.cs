using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>
/// Closed forms of docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR, .ExponentialLR, .PolynomialLR, .CosineAnnealingLR,
/// .LinearLR (in SequentialLR) and .OneCycleLR; t counts steps from 0.
/// </summary>
internal static class ReferenceSchedule
{
    public static double RateAt(ScheduleSettings schedule, double initial, int t, int stepsPerEpoch, int totalSteps) => schedule switch
    {
        ScheduleSettings.Constant => initial,

        // η = η₀ · γ^⌊epoch / step_size⌋
        ScheduleSettings.Step step => initial * Math.Pow(step.Gamma, Math.Floor(Math.Floor((double)t / stepsPerEpoch) / step.EveryEpochs)),

        // η = η₀ · γ^epoch
        ScheduleSettings.Exponential exponential => initial * Math.Pow(exponential.Gamma, Math.Floor((double)t / stepsPerEpoch)),

        // η = η₀ · (1 − t / total_iters)^power
        ScheduleSettings.Polynomial polynomial => initial * Math.Pow(1 - ((double)t / totalSteps), polynomial.Power),

        ScheduleSettings.Cosine cosine => Annealed(initial, cosine.MinimumRate, (double)t / totalSteps),

        ScheduleSettings.WarmupCosine warmup => Warmup(warmup, initial, t, totalSteps, (int)Math.Floor((warmup.WarmupFraction * totalSteps) + 0.5)),

        ScheduleSettings.OneCycle cycle => OneCycle(cycle, initial, t, totalSteps),

        _ => throw new ArgumentOutOfRangeException(nameof(schedule)),
    };

    // ηₜ = η_min + ½ (η_max − η_min)(1 + cos(T_cur π / T_max))
    private static double Annealed(double from, double to, double share) => to + (0.5 * (from - to) * (1 + Math.Cos(Math.PI * share)));

    // LinearLR: η₀ · (start_factor + (1 − start_factor) · t / total_iters) until the milestone
    private static double Warmup(ScheduleSettings.WarmupCosine warmup, double initial, int t, int totalSteps, int milestone) => t < milestone
        ? initial * (warmup.StartFactor + ((1 - warmup.StartFactor) * t / milestone))
        : Annealed(initial, warmup.MinimumRate, (double)(t - milestone) / (totalSteps - milestone));

    // Phases as OneCycleLR lists them: (end_step, from, to); the first whose end is not before t counts. A first phase of no length is left out.
    private static double OneCycle(ScheduleSettings.OneCycle cycle, double highest, int t, int totalSteps)
    {
        var lowest = highest / cycle.DivFactor;
        var start = 0.0;
        var end = (cycle.WarmupFraction * totalSteps) - 1;
        if (end > 0 && t <= end)
        {
            return Annealed(lowest, highest, (t - start) / (end - start));
        }

        (start, end) = (end, totalSteps - 1);
        return Annealed(highest, lowest / cycle.FinalDivFactor, (t - start) / (end - start));
    }
}
