using CloudSweep.Core.Ranking;

namespace CloudSweep.Core.Tests.Ranking;

public sealed class RepeatMeanTests
{
    [Fact]
    public void Of_OneRepeat_KnowsTheErrorOverRows() => Assert.Equal(new RepeatMean(0.5, 0.1), RepeatMean.Of([(0.5, 0.1)]));

    [Fact]
    public void Of_Repeats_KnowsTheErrorBetweenThem()
    {
        // Deviations −1, 0, 1: sample variance 1, so the mean of three has an error of 1/√3.
        var mean = RepeatMean.Of([(1, 0.1), (2, 0.1), (3, 0.1)]);

        Assert.Equal(2, mean.Value);
        Assert.Equal(1 / Math.Sqrt(3), mean.StandardError, 12);
    }

    [Fact]
    public void Of_NoRepeat_IsNotANumber() => Assert.Equal(new RepeatMean(double.NaN, double.NaN), RepeatMean.Of([]));
}
