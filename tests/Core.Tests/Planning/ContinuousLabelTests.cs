using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Core.Tests.Planning;

public sealed class ContinuousLabelTests
{
    [Theory]
    [InlineData(300, 0.25, 1, true)]
    [InlineData(300, 0.25, 50, true)]
    [InlineData(300, 1, 2, true)]
    [InlineData(300, 1, 10, false)]
    [InlineData(20, 0.25, 1, false)]
    public void LooksLikeIt_Numbers_DependsOnHowManyAndHowOftenTheyRepeat(int count, double distance, int rows, bool expected)
    {
        var labels = Enumerable.Range(0, count).Select(index => new LabelCount((index * distance).ToString(CultureInfo.InvariantCulture), rows, 0)).ToArray();

        Assert.Equal(expected, ContinuousLabel.LooksLikeIt(labels));
    }

    [Fact]
    public void LooksLikeIt_OneLabelIsNoNumber_IsFalse()
    {
        var labels = Enumerable.Range(0, 300).Select(index => new LabelCount($"{index}.5", 1, 0)).Append(new LabelCount("unknown", 1, 0)).ToArray();

        Assert.False(ContinuousLabel.LooksLikeIt(labels));
    }
}
