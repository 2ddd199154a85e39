using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Generation;

/// <summary>The features of a row, as the file has them: in ten-thousandths, so that the label follows from what is written.</summary>
internal static class SyntheticFeatures
{
    public const int UnitsPerOne = 10_000;

    /// <param name="seed">Seed of the data set.</param>
    /// <param name="row">From 0; rows below 0 are for calibration and never written.</param>
    /// <param name="units">Receives each feature in ten-thousandths.</param>
    /// <param name="values">Receives the same numbers as the model sees them.</param>
    public static void Fill(long seed, long row, Span<int> units, Span<double> values)
    {
        for (var feature = 0; feature < units.Length; feature++)
        {
            var unit = (int)Math.Round(SyntheticDraw.Bell(seed, RandomPurpose.SyntheticFeature, row, feature) * UnitsPerOne);
            units[feature] = unit;
            values[feature] = (double)unit / UnitsPerOne;
        }
    }
}
