namespace CloudSweep.Cli.Generation;

/// <summary>A data set as a pure function from row number to values. Safe for several threads; each takes a <see cref="SyntheticRow"/> of its own.</summary>
internal sealed class SyntheticDataset
{
    private SyntheticDataset(DatasetSettings settings, DatasetFeatures features, ScoreModel model, ScoreCalibration calibration) =>
        (Settings, Features, Model, Calibration) = (settings, features, model, calibration);

    public DatasetSettings Settings { get; }

    public DatasetFeatures Features { get; }

    public ScoreModel Model { get; }

    public ScoreCalibration Calibration { get; }

    public static SyntheticDataset Create(DatasetSettings settings, CancellationToken cancellationToken)
    {
        var features = DatasetFeatures.Of(settings);
        var model = new ScoreModel(settings);
        return new SyntheticDataset(settings, features, model, ScoreCalibration.Measure(settings, features, model, cancellationToken));
    }
}
