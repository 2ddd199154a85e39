using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>The learning rate at each step, in double precision, the same on every machine.</summary>
internal static class LearningRateSchedule
{
    /// <summary>Rate of the step with index <paramref name="step"/> (from 0) of <paramref name="totalSteps"/>.</summary>
    public static double RateAt(ScheduleSettings schedule, double initialRate, long step, long stepsPerEpoch, long totalSteps) => schedule switch
    {
        ScheduleSettings.Constant => initialRate,
        ScheduleSettings.Step drop => initialRate * Power(drop.Gamma, step / stepsPerEpoch / drop.EveryEpochs),
        ScheduleSettings.Exponential decay => initialRate * Power(decay.Gamma, step / stepsPerEpoch),
        ScheduleSettings.Polynomial polynomial => initialRate * Power((double)(totalSteps - step) / totalSteps, polynomial.Power),
        ScheduleSettings.Cosine cosine => HalfWave(initialRate, cosine.MinimumRate, (double)step / totalSteps),
        ScheduleSettings.WarmupCosine warmup => WarmupCosine(warmup, initialRate, step, totalSteps),
        ScheduleSettings.OneCycle cycle => OneCycle(cycle, initialRate, step, totalSteps),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule)),
    };

    private static double WarmupCosine(ScheduleSettings.WarmupCosine warmup, double rate, long step, long totalSteps)
    {
        var warmupSteps = (long)Math.Round(warmup.WarmupFraction * totalSteps, MidpointRounding.AwayFromZero);
        return step < warmupSteps
            ? rate * (warmup.StartFactor + ((1 - warmup.StartFactor) * step / warmupSteps))
            : HalfWave(rate, warmup.MinimumRate, (double)(step - warmupSteps) / (totalSteps - warmupSteps));
    }

    // PyTorch's phases end at fraction × T − 1 and T − 1, and the first of these need not be a whole step.
    private static double OneCycle(ScheduleSettings.OneCycle cycle, double highest, long step, long totalSteps)
    {
        var first = highest / cycle.DivFactor;
        var peak = (cycle.WarmupFraction * totalSteps) - 1;
        return step <= peak && peak > 0
            ? HalfWave(first, highest, step / peak)
            : HalfWave(highest, first / cycle.FinalDivFactor, (step - peak) / (totalSteps - 1 - peak));
    }

    // From one rate to another by half a wave of the cosine, for done in [0, 1].
    private static double HalfWave(double from, double to, double done) => to + ((from - to) * (1 + ElementaryFunctions.CosPi(done)) / 2);

    private static double Power(double value, double exponent) =>
        exponent == Math.Floor(exponent) ? Power(value, (long)exponent) : ElementaryFunctions.Power(value, exponent);

    // Squaring, since Math.Pow differs between platforms.
    private static double Power(double value, long exponent)
    {
        var result = 1.0;
        for (; exponent > 0; exponent >>= 1, value *= value)
        {
            result *= (exponent & 1) == 1 ? value : 1;
        }

        return result;
    }
}
