using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Rows that are not trained on, some blocks at a time in shard and row order: those to validate on, or those to test on.</summary>
internal sealed class HeldOutBlocks : IRowChunks
{
    private readonly BlockReaders _readers;
    private readonly List<List<BlockRun>> _chunks = [];
    private readonly int[] _placeOfRank;
    private readonly KeptRows? _kept;
    private readonly IReadOnlyList<ShardLayout> _layouts;

    private HeldOutBlocks(DataSet set, int firstShard, int endShard, KeptRows? kept)
    {
        (_readers, _layouts, _kept) = (new BlockReaders(set), set.Layouts, kept);
        for (var shard = firstShard; shard < endShard; shard++)
        {
            Capacity = Math.Max(Capacity, _layouts[shard].Blocks.Max(block => block.Rows));
        }

        for (var shard = firstShard; shard < endShard; shard++)
        {
            foreach (var (block, counts) in _layouts[shard].Blocks.Index().Where(entry => entry.Item.Rows > entry.Item.TrainRows))
            {
                Add(shard, block, counts.Rows - counts.TrainRows);
            }
        }

        _placeOfRank = [.. Enumerable.Range(0, Capacity)];
    }

    public int Count => _chunks.Count;

    /// <summary>Rows of the largest block, of which usually a part is held out: so a chunk has several blocks.</summary>
    public int Capacity { get; } = 1;

    /// <param name="kept">Gives the rows that it has and takes the others; null = all are read.</param>
    public static HeldOutBlocks OfValidation(DataSet set, KeptRows? kept) => new(set, 0, set.Profile.Shards.Count, kept);

    public static HeldOutBlocks OfTest(DataSet set) => new(set, set.Profile.Shards.Count, set.Layouts.Count, null);

    /// <summary>Reads all rows from the first on; whoever disposes the reader disposes this.</summary>
    public PrefetchingReader Open(int featureCount, TilePool buffers) => new(this, 0, 0, new WindowPool(Capacity, featureCount), buffers);

    public async Task<Task> BeginAsync(int chunk, RowWindow target, CancellationToken cancellationToken)
    {
        var runs = _chunks[chunk];
        var decoding = await _readers.BeginAsync(
            [.. runs.Where(run => _kept?.Has(run.Shard, run.Block) != true)],
            (run, decoder) =>
            {
                if (_kept is null)
                {
                    decoder.Decode(run.Shard, heldOut: true, (int)run.FirstRow, _placeOfRank, target);
                }
                else
                {
                    _kept.Take(run.Shard, run.Block, decoder);
                }
            },
            cancellationToken);
        return FinishAsync(decoding, runs, target);
    }

    public void Dispose() => _readers.Dispose();

    private async Task FinishAsync(Task decoding, List<BlockRun> runs, RowWindow target)
    {
        await decoding;
        if (_kept is not null)
        {
            runs.ForEach(run => _kept.CopyTo(run, target));
        }

        target.Count = (int)runs[^1].FirstRow + runs[^1].Rows;
        foreach (var run in runs.Where(run => run.Block == _layouts[run.Shard].Blocks.Count - 1))
        {
            _readers.Close(run.Shard);
        }
    }

    private void Add(int shard, int block, int rows)
    {
        var first = _chunks.Count > 0 ? _chunks[^1][^1].FirstRow + _chunks[^1][^1].Rows : Capacity;
        if (first + rows > Capacity)
        {
            _chunks.Add([]);
            first = 0;
        }

        _chunks[^1].Add(new BlockRun(shard, block, first, rows));
    }
}
