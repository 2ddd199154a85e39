using CloudSweep.Cli.Generation;

namespace CloudSweep.Cli.Tests.Generation;

public sealed class SyntheticRowTests
{
    [Fact]
    public void MoveTo_AnyOrderAndRowCount_SameRow()
    {
        var first = new SyntheticRow(Datasets.Create(Datasets.Teacher));
        var second = new SyntheticRow(Datasets.Create(Datasets.Teacher with { Rows = 1_000_000_000 }));
        first.MoveTo(17);
        second.MoveTo(900_000_000);
        second.MoveTo(17);

        Assert.Equal(first.Features.ToArray(), second.Features.ToArray());
        Assert.Equal(first.Label, second.Label);
    }

    [Fact]
    public void MoveTo_OtherSeed_OtherFeatures()
    {
        var first = new SyntheticRow(Datasets.Create(Datasets.Teacher));
        var second = new SyntheticRow(Datasets.Create(Datasets.Teacher with { Seed = 8 }));
        first.MoveTo(0);
        second.MoveTo(0);

        Assert.NotEqual(first.Features.ToArray(), second.Features.ToArray());
    }

    [Fact]
    public void Features_ManyRows_AreStandardized()
    {
        var row = new SyntheticRow(Datasets.Create(Datasets.Teacher));
        var values = new List<double>();
        for (var number = 0; number < 5000; number++)
        {
            row.MoveTo(number);
            values.AddRange(row.Features.ToArray().Select(unit => (double)unit / DatasetFeatures.UnitsPerOne));
        }

        Assert.InRange(values.Average(), -0.02, 0.02);
        Assert.InRange(values.Average(value => value * value), 0.97, 1.03);
    }

    [Theory]
    [InlineData("Teacher", 2, 0)]
    [InlineData("Teacher", 4, 7)]
    [InlineData("Teacher", 10, 1)]
    [InlineData("Sparse", 2, 0)]
    [InlineData("Sparse", 5, 3)]
    [InlineData("Linear", 3, 0)]
    [InlineData("Linear", 10, 5)]
    public void Label_Classes_EachHasHalfItsFairShare(string kind, int classes, long seed)
    {
        var settings = (kind == "Sparse" ? Datasets.Sparse : Datasets.Teacher) with { Kind = Enum.Parse<DatasetKind>(kind), Classes = classes, Seed = seed, Rows = 10_000 };

        var counts = Datasets.Labels(settings).CountBy(label => label).ToDictionary();

        Assert.Equal(Enumerable.Range(0, classes), counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, settings.Rows / classes / 2, settings.Rows / classes * 2));
    }

    [Fact]
    public void Label_Number_IsStandardizedPlusNoise()
    {
        var labels = Datasets.Labels(Datasets.Linear with { Rows = 10_000, Noise = 0.5 }).Select(label => (double)label / DatasetFeatures.UnitsPerOne).ToList();

        Assert.InRange(labels.Average(), -0.05, 0.05);
        Assert.InRange(labels.Average(label => label * label), 1.15, 1.35);
    }

    [Fact]
    public void Label_NumberWithoutNoise_IsLinearInTheFeatures()
    {
        var row = new SyntheticRow(Datasets.Create(Datasets.Linear with { Features = 1, Noise = 0 }));
        (double X, double Y) At(long number)
        {
            row.MoveTo(number);
            return (row.Features[0], row.Label);
        }

        var (first, second, third) = (At(0), At(1), At(2));
        var slope = (second.Y - first.Y) / (second.X - first.X);

        Assert.Equal(third.Y, first.Y + (slope * (third.X - first.X)), tolerance: 5);
    }

    [Fact]
    public void Label_LittleNoise_ChangesFewClasses()
    {
        var clean = Datasets.Labels(Datasets.Teacher with { Noise = 0 });
        var noisy = Datasets.Labels(Datasets.Teacher with { Noise = 0.1 });

        var changed = clean.Zip(noisy).Count(pair => pair.First != pair.Second);

        Assert.InRange(changed, 1, Datasets.Teacher.Rows / 5);
    }
}
