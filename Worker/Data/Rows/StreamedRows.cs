using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Rows of a data set that is decoded window by window, or in parts of windows, in every epoch.</summary>
internal sealed class StreamedRows(DataSet set, long orderSeed, RowMemory memory) : ITrainingRows
{
    private readonly WindowPool _windows = new(memory.PartRows, set.Transform.FeatureCount);
    private readonly TilePool _buffers = new(set.Transform.FeatureCount);
    private readonly KeptRows? _validation = memory.KeepsValidation ? new KeptRows(set) : null;

    public int FeatureCount => set.Transform.FeatureCount;

    public int ClassCount => set.Profile.Classes.Count;

    public double TargetDeviation => set.Target?.Deviation ?? 1;

    public long TrainRows { get; } = set.Profile.TrainRows();

    public long ValidationRows { get; } = set.Profile.ValidationRows();

    public long TestRows { get; } = set.Profile.TestRows();

    public IRowReader OpenEpoch(int epoch, long firstRow)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        var windows = new TrainingWindows(set, new EpochOrder(set.TrainLayouts, orderSeed, epoch), memory.PartRows, _validation);
        var (chunk, row) = windows.Find(firstRow);
        return new PrefetchingReader(windows, chunk, row, _windows, _buffers);
    }

    public IRowReader OpenValidation() => HeldOutBlocks.OfValidation(set, _validation).Open(FeatureCount, _buffers);

    public IRowReader OpenTest() => HeldOutBlocks.OfTest(set).Open(FeatureCount, _buffers);
}
