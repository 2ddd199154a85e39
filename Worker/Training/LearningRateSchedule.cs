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
        ScheduleSettings.Cosine cosine =>
            cosine.MinimumRate + ((initialRate - cosine.MinimumRate) * (1 + ElementaryFunctions.CosPi((double)step / totalSteps)) / 2),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule)),
    };

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
