using CloudSweep.Core.RangeTest;
using CsCheck;

namespace CloudSweep.Core.Tests.RangeTest;

/// <summary>
/// Full-batch quadratics, on which the largest stable rate is known: 2/L for gradient descent, 2(1+β)/L for heavy ball, 2(1+β)/((1+2β)L) for Nesterov. A ramp
/// is past it for some steps before the loss is seen to grow, so it is seen late, never early.
/// </summary>
public sealed class QuadraticTests
{
    private const double Momentum = 0.9;

    [Theory]
    [InlineData("sgd", 2)]
    [InlineData("momentum", 2 * (1 + Momentum))]
    [InlineData("nesterov", 2 * (1 + Momentum) / (1 + (2 * Momentum)))]
    public void Find_AnyQuadratic_BracketsTheBoundOfTheory(string optimizer, double boundTimesL) =>
        Gen.Select(Gen.Double[0.5, 3], Gen.Double[0.01, 1].Array[1, 8]).Sample((logL, shares) =>
        {
            double[] curvatures = [Math.Pow(10, logL), .. shares.Select(share => share * Math.Pow(10, logL))];
            var found = Assert.IsType<RangeFinding.Proposed>(RangeRule.Find([Descend(optimizer, curvatures)], SomeRamps.Rows));
            var bound = boundTimesL / curvatures[0];

            Assert.InRange(found.High.SeenAt!.Value, bound, 12 * bound);
            Assert.InRange(found.High.Rate, bound, RampPlan.Highest);
            Assert.InRange(found.Low.Rate, RampPlan.Lowest, 0.5 * bound);
        });

    private static Core.Verdicts.TrialResult Descend(string optimizer, double[] curvatures)
    {
        var weights = curvatures.Select(_ => 1.0).ToArray();
        var speeds = new double[curvatures.Length];
        return SomeRamps.Run(1, SomeRamps.Parameters(batchSize: null, epochs: 1_000), rate =>
        {
            var loss = weights.Zip(curvatures, (weight, curvature) => curvature * weight * weight / 2).Sum();
            for (var index = 0; index < weights.Length; index++)
            {
                var gradient = curvatures[index] * weights[index];
                speeds[index] = (optimizer == "sgd" ? 0 : Momentum * speeds[index]) + gradient;
                weights[index] -= rate * (optimizer == "nesterov" ? gradient + (Momentum * speeds[index]) : speeds[index]);
            }

            return loss;
        });
    }
}
