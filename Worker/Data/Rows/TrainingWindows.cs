namespace CloudSweep.Worker.Data.Rows;

/// <summary>The windows of one epoch.</summary>
internal sealed class TrainingWindows(DataSet set, EpochOrder order) : IRowChunks
{
    private readonly BlockLoader _blocks = new(set);

    public int Count => order.WindowCount;

    public int Capacity => order.RowsOf(0);

    public async Task FillAsync(int chunk, RowWindow target, CancellationToken cancellationToken)
    {
        var first = (long)chunk * EpochOrder.WindowRows;
        target.Count = 0;
        foreach (var run in order.RunsOf(chunk))
        {
            var skip = (int)Math.Max(0, first - run.FirstRow);
            var room = order.RowsOf(chunk) - target.Count;
            target.Count += await _blocks.DecodeAsync(run.Shard, run.Block, heldOut: false, skip, room, target, target.Count, cancellationToken);
        }

        order.FillPermutation(chunk, target.Order);
    }

    public void Dispose() => _blocks.Dispose();
}
