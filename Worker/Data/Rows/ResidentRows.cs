using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Rows of a data set of one window, decoded once; the same order as <see cref="StreamedRows"/>.</summary>
internal sealed class ResidentRows : ITrainingRows
{
    private readonly DataSet _set;
    private readonly long _orderSeed;
    private readonly RowWindow _train;
    private readonly RowWindow _validation;
    private readonly TilePool _buffers;
    private readonly Dictionary<(int Shard, int Block), int> _firstTrainRow = [];
    private readonly Dictionary<(int Shard, int Block), int> _firstValidationRow = [];

    private ResidentRows(DataSet set, long orderSeed)
    {
        _set = set;
        _orderSeed = orderSeed;
        _train = new RowWindow((int)set.Profile.TrainRows(), FeatureCount);
        _validation = new RowWindow((int)set.Profile.ValidationRows(), FeatureCount);
        _buffers = new TilePool(FeatureCount);
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
        var runs = new List<BlockRun>();
        foreach (var (shard, layout) in set.Profile.Shards.Index())
        {
            foreach (var (block, counts) in layout.Blocks.Index())
            {
                rows._firstTrainRow[(shard, block)] = rows._train.Count;
                rows._firstValidationRow[(shard, block)] = rows._validation.Count;
                rows._train.Count += counts.TrainRows;
                rows._validation.Count += counts.Rows - counts.TrainRows;
                runs.Add(new BlockRun(shard, block, 0, counts.Rows));
            }
        }

        int[] places = [.. Enumerable.Range(0, Math.Max(rows._train.Count, rows._validation.Count))];
        using var readers = new BlockReaders(set);
        await await readers.BeginAsync(runs, (run, decoder) =>
        {
            decoder.Decode(run.Shard, heldOut: false, rows._firstTrainRow[(run.Shard, run.Block)], places, rows._train);
            decoder.Decode(run.Shard, heldOut: true, rows._firstValidationRow[(run.Shard, run.Block)], places, rows._validation);
        }, cancellationToken);
        return rows;
    }

    public IRowReader OpenEpoch(int epoch, long firstRow)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        var order = new EpochOrder(_set.TrainLayouts, _orderSeed, epoch);
        var arrivals = new int[_train.Count];
        foreach (var run in order.Runs)
        {
            for (var i = 0; i < run.Rows; i++)
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

        return new ResidentReader(_train, positions, (int)Math.Min(firstRow, positions.Length), _buffers);
    }

    public IRowReader OpenValidation() =>
        new ResidentReader(_validation, order: null, 0, _buffers);

    public IRowReader OpenTest() => HeldOutBlocks.OfTest(_set).Open(FeatureCount, _buffers);
}
