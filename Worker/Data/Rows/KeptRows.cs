namespace CloudSweep.Worker.Data.Rows;

/// <summary>The validation rows of a data set, decoded once: as their blocks pass by in training, or when they are asked for. Safe for several threads.</summary>
internal sealed class KeptRows
{
    private readonly RowWindow _rows;
    private readonly int[][] _firstRow;
    private readonly bool[][] _isThere;
    private readonly int[] _places;
    private readonly int _featureCount;

    public KeptRows(DataSet set)
    {
        _featureCount = set.Transform.FeatureCount;
        _rows = new RowWindow((int)set.Profile.ValidationRows(), _featureCount);
        _places = [.. Enumerable.Range(0, _rows.Classes.Length)];
        _firstRow = new int[set.Profile.Shards.Count][];
        _isThere = new bool[set.Profile.Shards.Count][];
        var row = 0;
        foreach (var (shard, layout) in set.Profile.Shards.Index())
        {
            (_firstRow[shard], _isThere[shard]) = (new int[layout.Blocks.Count], new bool[layout.Blocks.Count]);
            foreach (var (block, counts) in layout.Blocks.Index())
            {
                _firstRow[shard][block] = row;
                row += counts.Rows - counts.TrainRows;
                _isThere[shard][block] = counts.Rows == counts.TrainRows;
            }
        }
    }

    public bool Has(int shard, int block) => Volatile.Read(ref _isThere[shard][block]);

    /// <summary>Decodes the rows of a block unless they are there.</summary>
    /// <param name="decoder">Holds the block.</param>
    public void Take(int shard, int block, BlockDecoder decoder)
    {
        // A reader of training rows and one of validation rows may come with the same block, and who is told that rows are there copies them at once.
        lock (_isThere[shard])
        {
            if (!Has(shard, block))
            {
                decoder.Decode(shard, heldOut: true, _firstRow[shard][block], _places, _rows);
                Volatile.Write(ref _isThere[shard][block], true);
            }
        }
    }

    /// <summary>Copies the rows of a block, which are there.</summary>
    public void CopyTo(BlockRun run, RowWindow target)
    {
        var (from, to) = (_firstRow[run.Shard][run.Block], (int)run.FirstRow);
        _rows.Features.AsSpan(from * _featureCount, run.Rows * _featureCount).CopyTo(target.Features.AsSpan(to * _featureCount));
        _rows.Classes.AsSpan(from, run.Rows).CopyTo(target.Classes.AsSpan(to));
        _rows.Targets.AsSpan(from, run.Rows).CopyTo(target.Targets.AsSpan(to));
    }
}
