using CloudSweep.Core.Spec;

namespace CloudSweep.Core.Tests.Spec;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("batchsize", "batchSize", 0)]
    [InlineData("lable", "label", 2)]
    [InlineData("labels", "label", 1)]
    public void Between_TwoWords_CountsTheFewestEditsIgnoringCase(string left, string right, int expected)
    {
        Assert.Equal(expected, EditDistance.Between(left, right));
        Assert.Equal(expected, EditDistance.Between(right, left));
    }
}
