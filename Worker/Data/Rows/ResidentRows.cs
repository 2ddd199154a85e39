using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Rows of a data set of one window, decoded once; the same order as <see cref="StreamedRows"/>.</summary>
internal sealed class ResidentRows : ITrainingRows
{
    private readonly DataSet _set;
    private readonly long _orderSeed;
    private readonly RowWindow _train;
    private readonly RowWindow _validation;
    private readonly Dictionary<(int Shard, int Block), int> _firstTrainRow = [];

    private ResidentRows(DataSet set, long orderSeed)
    {
        _set = set;
        _orderSeed = orderSeed;
        _train = new RowWindow((int)set.Profile.TrainRows(), FeatureCount);
        _validation = new RowWindow((int)set.Profile.ValidationRows(), FeatureCount);
    }

    public int FeatureCount => _set.Transform.FeatureCount;

    public int ClassCount => _set.Profile.Classes.Count;

    public double TargetDeviation => _set.Target?.Deviation ?? 1;

    public long TrainRows => _train.Count;

    public long ValidationRows => _validation.Count;

    public long TestRows => _set.Profile.TestRows();

    public static async Task<ResidentRows> LoadAsync(DataSet set, long orderSeed, CancellationToken cancellationToken)
    {
        var rows = new ResidentRows(set, orderSeed);
        using var blocks = new BlockLoader(set);
        for (var shard = 0; shard < set.Profile.Shards.Count; shard++)
        {
            for (var block = 0; block < set.Profile.Shards[shard].Blocks.Count; block++)
            {
                rows._firstTrainRow[(shard, block)] = rows._train.Count;
                rows._train.Count += await blocks.DecodeAsync(shard, block, heldOut: false, 0, int.MaxValue, rows._train, rows._train.Count, cancellationToken);
                rows._validation.Count += await blocks.DecodeAsync(shard, block, heldOut: true, 0, int.MaxValue, rows._validation, rows._validation.Count, cancellationToken);
            }
        }

        return rows;
    }

    public IRowReader OpenEpoch(int epoch, long firstRow)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        var order = new EpochOrder(_set.TrainLayouts, _orderSeed, epoch);
        var arrivals = new int[_train.Count];
        foreach (var run in order.Runs)
        {
            for (var i = 0; i < run.TrainRows; i++)
            {
                arrivals[run.FirstRow + i] = _firstTrainRow[(run.Shard, run.Block)] + i;
            }
        }

        var positions = new int[_train.Count];
        order.FillPermutation(0, positions);
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = arrivals[positions[i]];
        }

        return new ResidentReader(_train, positions, (int)Math.Min(firstRow, positions.Length), FeatureCount);
    }

    public IRowReader OpenValidation() =>
        new ResidentReader(_validation, order: null, 0, FeatureCount);

    public IRowReader OpenTest() => new PrefetchingReader(HeldOutBlocks.OfTest(_set), 0, 0, FeatureCount);
}
