using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Generation;

/// <summary>
/// Counts, like those of words in a text: a row draws features by the law of Zipf and Mandelbrot (the k-th is drawn in proportion to 1 / (k + 10)),
/// and the value of a feature is how often it was drawn.
/// </summary>
internal sealed class SparseFeatures : DatasetFeatures
{
    // Flattens the top, so that most draws of a row are of different features.
    private const int Offset = 10;

    private readonly long _seed;
    private readonly int _draws;
    private readonly double[] _cumulative;

    public SparseFeatures(DatasetSettings settings)
    {
        _seed = settings.Seed;
        _draws = settings.Nonzeros;
        _cumulative = new double[settings.Features];
        var sum = 0.0;
        for (var feature = 0; feature < _cumulative.Length; feature++)
        {
            sum += 1.0 / (feature + 1 + Offset);
            _cumulative[feature] = sum;
        }
    }

    public override void Fill(long row, Span<int> units, Span<double> values)
    {
        units.Clear();
        values.Clear();
        for (var draw = 0; draw < _draws; draw++)
        {
            var position = KeyedRandom.UnitInterval(_seed, RandomPurpose.SyntheticSparsity, row, draw) * _cumulative[^1];
            var found = Array.BinarySearch(_cumulative, position);
            var feature = Math.Min(found >= 0 ? found + 1 : ~found, units.Length - 1);
            units[feature] += UnitsPerOne;
            values[feature]++;
        }
    }
}
