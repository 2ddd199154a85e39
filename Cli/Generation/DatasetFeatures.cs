namespace CloudSweep.Cli.Generation;

/// <summary>The features of a row, as the file has them: in ten-thousandths, so that the label follows from what is written. Safe for several threads.</summary>
internal abstract class DatasetFeatures
{
    public const int UnitsPerOne = 10_000;

    public static DatasetFeatures Of(DatasetSettings settings) => settings.Kind == DatasetKind.Sparse ? new SparseFeatures(settings) : new DenseFeatures(settings.Seed);

    /// <param name="row">From 0; rows below 0 are for calibration and never written.</param>
    /// <param name="units">Receives each feature in ten-thousandths.</param>
    /// <param name="values">Receives the same numbers as the model sees them.</param>
    public abstract void Fill(long row, Span<int> units, Span<double> values);
}
