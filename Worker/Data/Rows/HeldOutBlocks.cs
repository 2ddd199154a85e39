namespace CloudSweep.Worker.Data.Rows;

/// <summary>Rows that are not trained on, block by block in shard and row order: those to validate on, or those to test on.</summary>
internal sealed class HeldOutBlocks : IRowChunks
{
    private readonly BlockLoader _blocks;
    private readonly List<(int Shard, int Block)> _chunks = [];

    private HeldOutBlocks(DataSet set, int firstShard, int endShard)
    {
        _blocks = new BlockLoader(set);
        for (var shard = firstShard; shard < endShard; shard++)
        {
            var blocks = set.Layouts[shard].Blocks;
            for (var block = 0; block < blocks.Count; block++)
            {
                var rows = blocks[block].Rows - blocks[block].TrainRows;
                Capacity = Math.Max(Capacity, rows);
                if (rows > 0)
                {
                    _chunks.Add((shard, block));
                }
            }
        }
    }

    public int Count => _chunks.Count;

    public int Capacity { get; } = 1;

    public static HeldOutBlocks OfValidation(DataSet set) => new(set, 0, set.Profile.Shards.Count);

    public static HeldOutBlocks OfTest(DataSet set) => new(set, set.Profile.Shards.Count, set.Layouts.Count);

    public async Task FillAsync(int chunk, RowWindow target, CancellationToken cancellationToken)
    {
        var (shard, block) = _chunks[chunk];
        target.Count = await _blocks.DecodeAsync(shard, block, heldOut: true, 0, Capacity, target, 0, cancellationToken);
        for (var i = 0; i < target.Count; i++)
        {
            target.Order[i] = i;
        }
    }

    public void Dispose() => _blocks.Dispose();
}
