using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>Seeds of one repeat. All rates and optimizers of a repeat share them, so they are compared on the same start and the same order.</summary>
/// <param name="InitialWeights">Seed of the initial weights.</param>
/// <param name="DataOrder">Seed of the order of rows; part of the fusion key.</param>
public readonly record struct TrialSeeds(long InitialWeights, long DataOrder)
{
    public static TrialSeeds For(TrainingSpec training, int repeat)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfNegative(repeat);
        return new TrialSeeds(
            (long)KeyedRandom.Bits(training.Seed, RandomPurpose.RepeatSeed, 0, repeat),
            (long)KeyedRandom.Bits(training.Seed, RandomPurpose.RepeatSeed, 1, repeat));
    }
}
