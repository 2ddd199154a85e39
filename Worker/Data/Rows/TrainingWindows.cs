namespace CloudSweep.Worker.Data.Rows;

/// <summary>The windows of one epoch in training order, each as one chunk or as equal parts. The blocks of a window are decoded beside each other.</summary>
internal sealed class TrainingWindows : IRowChunks
{
    private readonly EpochOrder _order;
    private readonly BlockReaders _readers;
    private readonly KeptRows? _validation;
    private readonly int _partsOfWindow;
    private readonly int[] _ordered;
    private readonly int[][] _placesOfRanks;
    private readonly Dictionary<int, long> _endOfShard = [];
    private int _orderedWindow = -1;

    /// <param name="partRows">Rows of a chunk, at most a window's.</param>
    /// <param name="validation">Takes the validation rows of blocks that pass by; null = nobody does.</param>
    public TrainingWindows(DataSet set, EpochOrder order, int partRows, KeptRows? validation)
    {
        (_order, _readers, _validation, Capacity) = (order, new BlockReaders(set), validation, partRows);
        var rows = order.RowsOf(0);
        _partsOfWindow = PartsOf(rows);
        (_ordered, _placesOfRanks) = (new int[rows], [new int[rows], new int[rows]]);
        foreach (var run in order.Runs)
        {
            _endOfShard[run.Shard] = run.FirstRow + run.Rows;
        }
    }

    public int Count => ((_order.WindowCount - 1) * _partsOfWindow) + PartsOf(_order.RowsOf(_order.WindowCount - 1));

    public int Capacity { get; }

    /// <summary>Where a row of the training order is.</summary>
    public (int Chunk, int Row) Find(long row)
    {
        var (window, inWindow) = Math.DivRem(row, EpochOrder.WindowRows);
        return (checked((int)((window * _partsOfWindow) + (inWindow / Capacity))), (int)(inWindow % Capacity));
    }

    public async Task<Task> BeginAsync(int chunk, RowWindow target, CancellationToken cancellationToken)
    {
        var (window, part) = Math.DivRem(chunk, _partsOfWindow);
        var first = (long)window * EpochOrder.WindowRows;
        var rows = _order.RowsOf(window);
        var isLastPart = part == PartsOf(rows) - 1;
        target.Count = isLastPart ? rows - (part * Capacity) : Capacity;

        // There are two windows to decode to, so the chunk before the last is done.
        var placeOfRank = _placesOfRanks[chunk % 2];
        FillPlaces(window, part * Capacity, target.Count, placeOfRank);
        BlockRun[] runs = [.. _order.RunsOf(window)];
        var decoding = await _readers.BeginAsync(
            runs,
            (run, decoder) =>
            {
                decoder.Decode(run.Shard, heldOut: false, (int)(run.FirstRow - first), placeOfRank.AsSpan(0, rows), target);
                _validation?.Take(run.Shard, run.Block, decoder);
            },
            cancellationToken);
        return isLastPart ? CloseAsync(decoding, runs.Where(run => _endOfShard[run.Shard] <= first + rows)) : decoding;
    }

    public void Dispose() => _readers.Dispose();

    private int PartsOf(int rows) => (rows + Capacity - 1) / Capacity;

    private async Task CloseAsync(Task decoding, IEnumerable<BlockRun> ended)
    {
        await decoding;
        foreach (var run in ended)
        {
            _readers.Close(run.Shard);
        }
    }

    private void FillPlaces(int window, int firstPlace, int count, int[] placeOfRank)
    {
        var rows = _order.RowsOf(window);
        if (_orderedWindow != window)
        {
            _order.FillPermutation(window, _ordered);
            _orderedWindow = window;
        }

        for (var place = 0; place < rows; place++)
        {
            var inPart = place - firstPlace;
            placeOfRank[_ordered[place]] = (uint)inPart < (uint)count ? inPart : -1;
        }
    }
}
