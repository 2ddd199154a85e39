using CloudSweep.Cli.Generation;

namespace CloudSweep.Cli.Tests.Generation;

public sealed class SparseFeaturesTests
{
    [Fact]
    public void Fill_AnyRow_CountsItsDraws()
    {
        var (units, values) = (new int[200], new double[200]);
        var features = DatasetFeatures.Of(Datasets.Sparse);
        for (var row = -5; row < 100; row++)
        {
            features.Fill(row, units, values);

            Assert.Equal(12 * DatasetFeatures.UnitsPerOne, units.Sum());
            Assert.Equal(units.Select(unit => (double)unit / DatasetFeatures.UnitsPerOne), values);
        }
    }

    // The k-th of 200 is drawn in proportion to 1 / (k + 10), which sum to 2.95.
    [Theory]
    [InlineData(1, 12 / 2.95 / 11)]
    [InlineData(20, 12 / 2.95 / 30)]
    [InlineData(200, 12 / 2.95 / 210)]
    public void Fill_ManyRows_FollowsTheLawOfZipfAndMandelbrot(int feature, double expected)
    {
        var (units, values) = (new int[200], new double[200]);
        var features = DatasetFeatures.Of(Datasets.Sparse);
        var sum = 0.0;
        for (var row = 0; row < 50_000; row++)
        {
            features.Fill(row, units, values);
            sum += values[feature - 1];
        }

        Assert.InRange(sum / 50_000, 0.9 * expected, 1.1 * expected);
    }

    [Fact]
    public void Score_ManyFeatures_OneInTenMatters()
    {
        var model = new ScoreModel(Datasets.Sparse);
        var scores = new double[model.ScoresLength];
        double ScoreOf(int feature)
        {
            var values = new double[200];
            values[Math.Max(0, feature)] = feature < 0 ? 0 : 1;
            model.Score(values, [], scores);
            return scores[0];
        }

        var none = ScoreOf(-1);

        Assert.Equal(20, Enumerable.Range(0, 200).Count(feature => ScoreOf(feature) != none));
    }
}
