namespace CloudSweep.Cli.Generation;

/// <summary>
/// Makes scores comparable and classes about equally frequent: score · <see cref="Scale"/> + offset has standard deviation 1 over all classes, and the
/// offsets are such that every class is the largest equally often. Measured on rows that are never written.
/// </summary>
internal sealed class ScoreCalibration
{
    private const int ProbeRows = 4096;
    private const int Rounds = 300;
    private const double GoodShare = 0.99;
    private const double FirstStep = 0.4;
    private const double HalvedAfter = 30;

    private readonly double[] _offsets;

    private ScoreCalibration(double scale, double[] offsets, double smallestShare) =>
        (Scale, _offsets, SmallestShare) = (scale, offsets, smallestShare);

    public double Scale { get; }

    public ReadOnlySpan<double> Offsets => _offsets;

    /// <summary>Share of the rarest class, in shares of a balanced class: 1 = balanced. Without classes 1.</summary>
    public double SmallestShare { get; }

    public static ScoreCalibration Measure(DatasetSettings settings, DatasetFeatures features, ScoreModel model, CancellationToken cancellationToken)
    {
        var scores = Probe(settings, features, model, cancellationToken);
        var means = new double[settings.Scores];
        for (var index = 0; index < scores.Length; index++)
        {
            means[index % means.Length] += scores[index] / ProbeRows;
        }

        var variance = 0.0;
        for (var index = 0; index < scores.Length; index++)
        {
            var deviation = scores[index] - means[index % means.Length];
            variance += deviation * deviation / scores.Length;
        }

        var scale = 1 / Math.Sqrt(variance);
        for (var index = 0; index < scores.Length; index++)
        {
            scores[index] *= scale;
        }

        var offsets = Array.ConvertAll(means, mean => -mean * scale);
        var share = settings.HasClasses ? Balance(scores, offsets, cancellationToken) : 1;
        return new ScoreCalibration(scale, offsets, share);
    }

    private static double[] Probe(DatasetSettings settings, DatasetFeatures features, ScoreModel model, CancellationToken cancellationToken)
    {
        var all = new double[ProbeRows * settings.Scores];
        var units = new int[settings.Features];
        var values = new double[settings.Features];
        var hidden = new double[model.HiddenLength];
        var scores = new double[model.ScoresLength];
        for (var row = 0; row < ProbeRows; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            features.Fill(-1 - row, units, values);
            model.Score(values, hidden, scores);
            scores.AsSpan(0, settings.Scores).CopyTo(all.AsSpan(row * settings.Scores));
        }

        return all;
    }

    /// <summary>Lowers the offsets of frequent classes and raises those of rare ones; keeps the best that was seen.</summary>
    private static double Balance(ReadOnlySpan<double> scores, double[] offsets, CancellationToken cancellationToken)
    {
        var best = (Share: -1.0, Offsets: offsets);
        var current = (double[])offsets.Clone();
        var counts = new int[offsets.Length];
        for (var round = 0; round < Rounds && best.Share < GoodShare; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Count(scores, current, counts);
            var share = (double)counts.Min() * counts.Length / ProbeRows;
            if (share > best.Share)
            {
                best = (share, (double[])current.Clone());
            }

            var step = FirstStep / (1 + (round / HalvedAfter));
            for (var index = 0; index < current.Length; index++)
            {
                var excess = ((double)counts[index] * counts.Length / ProbeRows) - 1;
                current[index] -= step * Math.Min(excess, 1);
            }
        }

        best.Offsets.CopyTo(offsets, 0);
        return best.Share;
    }

    private static void Count(ReadOnlySpan<double> scores, ReadOnlySpan<double> offsets, int[] counts)
    {
        Array.Clear(counts);
        for (var start = 0; start < scores.Length; start += offsets.Length)
        {
            var winner = 0;
            for (var index = 1; index < offsets.Length; index++)
            {
                if (scores[start + index] + offsets[index] > scores[start + winner] + offsets[winner])
                {
                    winner = index;
                }
            }

            counts[winner]++;
        }
    }
}
