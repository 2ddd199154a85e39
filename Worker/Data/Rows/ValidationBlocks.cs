namespace CloudSweep.Worker.Data.Rows;

/// <summary>The validation rows, block by block in shard and row order.</summary>
internal sealed class ValidationBlocks : IRowChunks
{
    private readonly BlockLoader _blocks;
    private readonly List<(int Shard, int Block)> _chunks = [];

    public ValidationBlocks(DataSet set)
    {
        _blocks = new BlockLoader(set);
        for (var shard = 0; shard < set.Profile.Shards.Count; shard++)
        {
            var blocks = set.Profile.Shards[shard].Blocks;
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

    public async Task FillAsync(int chunk, RowWindow target, CancellationToken cancellationToken)
    {
        var (shard, block) = _chunks[chunk];
        target.Count = await _blocks.DecodeAsync(shard, block, validation: true, 0, Capacity, target, 0, cancellationToken);
        for (var i = 0; i < target.Count; i++)
        {
            target.Order[i] = i;
        }
    }

    public void Dispose() => _blocks.Dispose();
}
