namespace CloudSweep.Cli.Generation;

/// <summary>A data set as a pure function from row number to values. Safe for several threads; each takes a <see cref="SyntheticRow"/> of its own.</summary>
internal sealed class SyntheticDataset
{
    private SyntheticDataset(DatasetSettings settings, ScoreModel model, ScoreCalibration calibration) =>
        (Settings, Model, Calibration) = (settings, model, calibration);

    public DatasetSettings Settings { get; }

    public ScoreModel Model { get; }

    public ScoreCalibration Calibration { get; }

    public static SyntheticDataset Create(DatasetSettings settings, CancellationToken cancellationToken)
    {
        var model = new ScoreModel(settings);
        return new SyntheticDataset(settings, model, ScoreCalibration.Measure(settings, model, cancellationToken));
    }
}
