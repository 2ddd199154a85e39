using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Rules of <c>pruning</c>.</summary>
internal static class PruningRules
{
    private const int SmallestFactor = 2;
    private const int LargestFactor = 16;

    public static void Check(PruningSpec? pruning, List<SpecViolation> violations)
    {
        if (pruning is PruningSpec.SuccessiveHalving { ReductionFactor: < SmallestFactor or > LargestFactor } halving)
        {
            violations.Add(new SpecViolation("pruning.reductionFactor", SweepSpecRules.Text($"{halving.ReductionFactor} is out of range; use {SmallestFactor} to {LargestFactor}: one configuration in so many goes on from each rung. Leave pruning out to train all to their end.")));
        }
    }
}
