using CloudSweep.Worker.Training;
using CsCheck;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>The area under the ROC curve against its definition over all pairs, and what it must not depend on.</summary>
public sealed class RankStatisticTests
{
    // Few different scores, so that there are ties within and between classes.
    private static readonly Gen<(float Score, bool IsPositive)[]> AnyRows =
        Gen.Select(Gen.Int[-6, 6].Select(score => score / 4f), Gen.Bool).Array[2, 60].Where(rows => rows.Any(row => row.Item2) && rows.Any(row => !row.Item2));

    [Fact]
    public void Close_AnyRows_IsTheShareOfPairsRankedRightly() =>
        AnyRows.Sample(rows =>
        {
            var (area, _) = Of(rows);

            Assert.Equal(Pairs(rows).Average(), area, 12);
        });

    [Fact]
    public void Close_AnyRows_HasDeLongsError() =>
        AnyRows.Sample(rows =>
        {
            var (_, error) = Of(rows);

            var positives = rows.Where(row => row.IsPositive).Select(row => row.Score).ToArray();
            var negatives = rows.Where(row => !row.IsPositive).Select(row => row.Score).ToArray();
            var ofPositives = SampleVariance([.. positives.Select(score => negatives.Average(other => Psi(score, other)))]) / positives.Length;
            var ofNegatives = SampleVariance([.. negatives.Select(score => positives.Average(other => Psi(other, score)))]) / negatives.Length;
            Assert.Equal(Math.Sqrt(ofPositives + ofNegatives), error, 12);
        });

    [Fact]
    public void Close_ScoresUnderAMonotoneMap_ChangesNoBit() =>
        AnyRows.Sample(rows => Assert.Equal(Of(rows), Of([.. rows.Select(row => ((row.Score * row.Score * row.Score) + (2 * row.Score) - 7, row.IsPositive))])));

    [Fact]
    public void Close_RowsInAnotherOrder_ChangesNoBit() =>
        AnyRows.Sample(rows => Assert.Equal(Of(rows), Of([.. rows.Reverse()])));

    [Fact]
    public void Close_MoreRowsThanWereKnown_ChangesNoBit() =>
        AnyRows.Sample(rows =>
        {
            var grown = new RankStatistic(1);
            Array.ForEach(rows, row => grown.Add(row.Score, row.IsPositive));

            Assert.Equal(Of(rows), grown.Close());
        });

    [Fact]
    public void Close_ClassesSwapped_IsTheRest() =>
        AnyRows.Sample(rows => Assert.Equal(1 - Of(rows).Area, Of([.. rows.Select(row => (row.Score, !row.IsPositive))]).Area, 12));

    [Fact]
    public void Close_ExampleOfScikitLearn_IsThreeQuarters() =>
        Assert.Equal(0.75, Of([(0.1f, false), (0.4f, false), (0.35f, true), (0.8f, true)]).Area);

    [Theory]
    [InlineData(1, 0, 1.0)]
    [InlineData(0, 1, 0.0)]
    [InlineData(1, 1, 0.5)]
    [InlineData(float.PositiveInfinity, float.NegativeInfinity, 1.0)]
    [InlineData(float.NaN, 0, double.NaN)]
    public void Close_OneRowOfEachClass_IsWonLostOrTied(float positive, float negative, double area)
    {
        var result = Of([(positive, true), (negative, false)]);

        Assert.Equal((area, double.NaN), result);
    }

    [Fact]
    public void Close_OneClassOnly_IsUndefined() => Assert.Equal((double.NaN, double.NaN), Of([(1, true), (2, true)]));

    [Fact]
    public void Close_SecondTime_ForgetsTheFirst()
    {
        var ranks = new RankStatistic(4);
        Fill(ranks, [(float.NaN, true), (1, false), (2, true)]);
        ranks.Close();

        Fill(ranks, [(3, true), (1, false), (2, true), (2.5f, false)]);

        Assert.Equal(0.75, ranks.Close().Area);
    }

    private static (double Area, double StandardError) Of((float Score, bool IsPositive)[] rows)
    {
        var ranks = new RankStatistic(rows.Length);
        Fill(ranks, rows);
        return ranks.Close();
    }

    private static void Fill(RankStatistic ranks, (float Score, bool IsPositive)[] rows)
    {
        foreach (var (score, isPositive) in rows)
        {
            ranks.Add(score, isPositive);
        }
    }

    private static IEnumerable<double> Pairs((float Score, bool IsPositive)[] rows) =>
        from positive in rows
        where positive.IsPositive
        from negative in rows
        where !negative.IsPositive
        select Psi(positive.Score, negative.Score);

    private static double Psi(float positive, float negative) => positive > negative ? 1 : positive == negative ? 0.5 : 0;

    private static double SampleVariance(double[] values)
    {
        var mean = values.Average();
        return values.Length > 1 ? values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) : double.NaN;
    }
}
