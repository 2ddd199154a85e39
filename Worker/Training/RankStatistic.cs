using CloudSweep.Core.Planning;

namespace CloudSweep.Worker.Training;

/// <summary>
/// Area under the ROC curve by ranks, ties by midranks (Mann &amp; Whitney 1947), with DeLong's standard error (DeLong, DeLong &amp; Clarke-Pearson 1988).
/// Exact: all sums are whole numbers. Keeps one float per row.
/// </summary>
/// <param name="capacity">Rows, as far as they are known, ≥ 1. With more it grows; beyond 2²⁸, where sums could overflow, there is no area.</param>
internal sealed class RankStatistic(int capacity)
{
    // Positive rows from the front, negative ones from the back.
    private float[] _scores = new float[capacity];
    private int _positives;
    private int _negatives;
    private bool _hasNaN;

    public void Add(float score, bool isPositive)
    {
        if (_positives + _negatives == _scores.Length && !TryGrow())
        {
            _hasNaN = true;
            return;
        }

        _hasNaN |= float.IsNaN(score);
        if (isPositive)
        {
            _scores[_positives++] = score;
        }
        else
        {
            _scores[^++_negatives] = score;
        }
    }

    /// <summary>Of all rows since the last call, and a fresh start. NaN without rows of both classes or with a NaN score; the error is NaN with one row of a class.</summary>
    public (double Area, double StandardError) Close()
    {
        var positives = _scores.AsSpan(0, _positives);
        var negatives = _scores.AsSpan(_scores.Length - _negatives);
        var isDefined = !_hasNaN && _positives > 0 && _negatives > 0;
        (_positives, _negatives, _hasNaN) = (0, 0, false);
        return isDefined ? Rank(positives, negatives) : (double.NaN, double.NaN);
    }

    private bool TryGrow()
    {
        if (_scores.Length >= ModelFit.MaxRankedRows)
        {
            return false;
        }

        var grown = new float[Math.Min(2L * _scores.Length, ModelFit.MaxRankedRows)];
        _scores.AsSpan(0, _positives).CopyTo(grown);
        _scores.AsSpan(_scores.Length - _negatives).CopyTo(grown.AsSpan(grown.Length - _negatives));
        _scores = grown;
        return true;
    }

    private static (double Area, double StandardError) Rank(Span<float> positives, Span<float> negatives)
    {
        positives.Sort();
        negatives.Sort();
        var (m, n) = (positives.Length, negatives.Length);

        // Twice the number of rows of the other class that a row is ranked rightly against, a tie counting one: its sum and the sum of its squares.
        var (sum, squaresOfPositives, squaresOfNegatives) = ((UInt128)0, (UInt128)0, (UInt128)0);
        for (var (i, j) = (0, 0); i < m || j < n;)
        {
            var score = j == n || (i < m && positives[i] <= negatives[j]) ? positives[i] : negatives[j];
            var (tiedPositives, tiedNegatives) = (CountFrom(positives, i, score), CountFrom(negatives, j, score));
            var ofPositive = (ulong)((2L * j) + tiedNegatives);
            var ofNegative = (ulong)((2L * (m - i - tiedPositives)) + tiedPositives);
            sum += (UInt128)ofPositive * (uint)tiedPositives;
            squaresOfPositives += (UInt128)(ofPositive * ofPositive) * (uint)tiedPositives;
            squaresOfNegatives += (UInt128)(ofNegative * ofNegative) * (uint)tiedNegatives;
            i += tiedPositives;
            j += tiedNegatives;
        }

        var area = (double)sum / (2.0 * m * n);
        var ofPositives = Variance(sum, squaresOfPositives, m) / (4.0 * n * n);
        var ofNegatives = Variance(sum, squaresOfNegatives, n) / (4.0 * m * m);
        return (area, Math.Sqrt((ofPositives / m) + (ofNegatives / n)));
    }

    // Rows from start on with this score, in ascending scores.
    private static int CountFrom(ReadOnlySpan<float> scores, int start, float score)
    {
        var end = start;
        while (end < scores.Length && scores[end] == score)
        {
            end++;
        }

        return end - start;
    }

    private static double Variance(UInt128 sum, UInt128 squares, int count) =>
        count > 1 ? (double)(((uint)count * squares) - (sum * sum)) / ((double)count * (count - 1)) : double.NaN;
}
