using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>The closed form against the recurrences themselves, over rates up to the end of the stable range.</summary>
public sealed class StableOvershootTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Of_HeavyBall_IsTheFarthestSwingOfAnyStableRate(double momentum) =>
        AssertIsLargest(new OptimizerSettings.HeavyBall(momentum), 2 * (1 + momentum), (gradient, velocity) => velocity, momentum);

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Of_Nesterov_IsTheFarthestSwingOfAnyStableRate(double momentum) =>
        AssertIsLargest(new OptimizerSettings.Nesterov(momentum), 2 * (1 + momentum) / (1 + (2 * momentum)), (gradient, velocity) => gradient + (momentum * velocity), momentum);

    [Fact]
    public void Of_OptimizersWithoutMomentum_IsOne() =>
        Assert.All(new OptimizerSettings[] { new OptimizerSettings.Sgd(), new OptimizerSettings.Adam(), new OptimizerSettings.RmsProp() }, optimizer => Assert.Equal(1, StableOvershoot.Of(optimizer)));

    // The loss is x²/2, so the curvature is 1 and the loss's ratio to its first value is x² from x = 1.
    private static void AssertIsLargest(OptimizerSettings optimizer, double bound, Func<double, double, double> direction, double momentum)
    {
        var largest = Enumerable.Range(1, 1000).Max(share => LargestSquare(bound * share * 0.00099999, direction, momentum));

        Assert.InRange(StableOvershoot.Of(optimizer), largest, 1.05 * largest);
    }

    private static double LargestSquare(double rate, Func<double, double, double> direction, double momentum)
    {
        var (position, velocity, largest) = (1.0, 0.0, 1.0);
        for (var step = 0; step < 500; step++)
        {
            var gradient = position;
            velocity = (momentum * velocity) + gradient;
            position -= rate * direction(gradient, velocity);
            largest = Math.Max(largest, position * position);
        }

        return largest;
    }
}
