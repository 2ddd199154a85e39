using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Generation;

/// <summary>Every feature is bell-shaped.</summary>
internal sealed class DenseFeatures(long seed) : DatasetFeatures
{
    public override void Fill(long row, Span<int> units, Span<double> values)
    {
        for (var feature = 0; feature < units.Length; feature++)
        {
            var unit = (int)Math.Round(SyntheticDraw.Bell(seed, RandomPurpose.SyntheticFeature, row, feature) * UnitsPerOne);
            units[feature] = unit;
            values[feature] = (double)unit / UnitsPerOne;
        }
    }
}
