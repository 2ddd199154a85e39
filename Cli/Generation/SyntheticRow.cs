using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Generation;

/// <summary>One row of a data set at a time, in reused memory.</summary>
internal sealed class SyntheticRow(SyntheticDataset dataset)
{
    private readonly int[] _features = new int[dataset.Settings.Features];
    private readonly double[] _values = new double[dataset.Settings.Features];
    private readonly double[] _hidden = new double[dataset.Model.HiddenLength];
    private readonly double[] _scores = new double[dataset.Model.ScoresLength];

    /// <summary>In ten-thousandths.</summary>
    public ReadOnlySpan<int> Features => _features;

    /// <summary>The class, from 0; or the number in ten-thousandths.</summary>
    public int Label { get; private set; }

    /// <summary>Becomes the given row, which depends on the settings but for their row count, and on nothing else.</summary>
    public void MoveTo(long row)
    {
        var settings = dataset.Settings;
        dataset.Features.Fill(row, _features, _values);
        dataset.Model.Score(_values, _hidden, _scores);
        for (var index = 0; index < settings.Scores; index++)
        {
            var noise = settings.Noise * SyntheticDraw.Bell(settings.Seed, RandomPurpose.SyntheticNoise, row, index);
            _scores[index] = (_scores[index] * dataset.Calibration.Scale) + dataset.Calibration.Offsets[index] + noise;
        }

        Label = settings.HasClasses ? Largest(_scores.AsSpan(0, settings.Scores)) : (int)Math.Round(_scores[0] * DatasetFeatures.UnitsPerOne);
    }

    private static int Largest(ReadOnlySpan<double> scores)
    {
        var winner = 0;
        for (var index = 1; index < scores.Length; index++)
        {
            if (scores[index] > scores[winner])
            {
                winner = index;
            }
        }

        return winner;
    }
}
