using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Rows of a data set that is decoded window by window in every epoch.</summary>
internal sealed class StreamedRows(DataSet set, long orderSeed) : ITrainingRows
{
    public int FeatureCount => set.Transform.FeatureCount;

    public int ClassCount => set.Profile.Classes.Count;

    public double TargetDeviation => set.Target?.Deviation ?? 1;

    public long TrainRows { get; } = set.Profile.TrainRows();

    public long ValidationRows { get; } = set.Profile.ValidationRows();

    public long TestRows { get; } = set.Profile.TestRows();

    public IRowReader OpenEpoch(int epoch, long firstRow)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        var order = new EpochOrder(set.TrainLayouts, orderSeed, epoch);
        var window = (int)(firstRow / EpochOrder.WindowRows);
        return new PrefetchingReader(new TrainingWindows(set, order), window, (int)(firstRow % EpochOrder.WindowRows), FeatureCount);
    }

    public IRowReader OpenValidation() => new PrefetchingReader(HeldOutBlocks.OfValidation(set), 0, 0, FeatureCount);

    public IRowReader OpenTest() => new PrefetchingReader(HeldOutBlocks.OfTest(set), 0, 0, FeatureCount);
}
