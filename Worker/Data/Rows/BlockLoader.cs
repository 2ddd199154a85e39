using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Profiling;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Reads blocks of any shard and decodes their rows; heals corrupt files. Used by one reader at a time.</summary>
internal sealed class BlockLoader(DataSet set) : IDisposable
{
    private readonly Dictionary<int, BlockFile> _files = [];
    private readonly RawBlock _block = new();
    private readonly Dictionary<int, int[]>?[] _maps = new Dictionary<int, int[]>?[set.Layouts.Count];
    private (int Shard, int Block) _loaded = (-1, -1);
    private double[] _column = [];
    private int[] _rows = [];

    /// <summary>Decodes rows of one side of a block to <paramref name="target"/> from <paramref name="position"/> on.</summary>
    /// <param name="skip">Rows of that side to leave out at the block's start.</param>
    /// <param name="count">Most rows to decode.</param>
    /// <returns>Rows decoded.</returns>
    public async Task<int> DecodeAsync(int shard, int block, bool heldOut, int skip, int count, RowWindow target, int position, CancellationToken cancellationToken)
    {
        if (_loaded != (shard, block))
        {
            _loaded = (-1, -1);
            await LoadAsync(shard, block, cancellationToken);
            _loaded = (shard, block);
        }

        return Decode(shard, heldOut, skip, count, target, position);
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }

        _files.Clear();
        _block.Dispose();
    }

    private async Task LoadAsync(int shard, int block, CancellationToken cancellationToken)
    {
        try
        {
            (await OpenAsync(shard, cancellationToken)).Read(block, _block);
        }
        catch (CorruptBlockException exception)
        {
            Close(shard);
            set.Cache.Discard(set.Shards.Shards[shard], set.Data, exception);
            (await OpenAsync(shard, cancellationToken)).Read(block, _block);
        }

        set.Counters.AddBlockRows(_block.Rows);
        if (block == set.Layouts[shard].Blocks.Count - 1)
        {
            Close(shard);
        }
    }

    private async Task<BlockFile> OpenAsync(int shard, CancellationToken cancellationToken)
    {
        if (_files.TryGetValue(shard, out var open))
        {
            return open;
        }

        var file = await set.Cache.OpenAsync(set.Shards.Shards[shard], set.Data, set.Counters, cancellationToken);
        if (!IsOfProfile(file.Profile, set.Layouts[shard]))
        {
            file.Dispose();
            throw new DataChangedException($"The shard '{set.Shards.Shards[shard].Key}' has other rows or columns than the sweep's profile; start a new sweep.");
        }

        _files.Add(shard, file);
        return file;
    }

    /// <summary>A sparse shard may lack the last columns.</summary>
    private bool IsOfProfile(ShardProfile found, ShardLayout layout) =>
        found.Blocks.SequenceEqual(layout.Blocks)
        && found.Features.SequenceEqual(found.IsSparse ? set.Profile.Features.Take(found.Features.Count) : set.Profile.Features)
        && layout.Categories.All(map => found.Columns[map.Column] is ColumnProfile.Category category && category.Categories.Count == map.MergedOfLocal.Count);

    private int[] MergedOfLocal(int shard, int column)
    {
        if (_maps[shard] is not { } maps)
        {
            maps = set.Layouts[shard].Categories.ToDictionary(map => map.Column, map => map.MergedOfLocal.ToArray());
            _maps[shard] = maps;
        }

        return maps.GetValueOrDefault(column, []);
    }

    private void Close(int shard)
    {
        if (_files.Remove(shard, out var file))
        {
            file.Dispose();
        }
    }

    private int Decode(int shard, bool heldOut, int skip, int count, RowWindow target, int position)
    {
        var rows = SelectRows(shard, heldOut, skip, count);
        if (_column.Length < _block.Rows)
        {
            _column = new double[_block.Rows];
        }

        var stride = set.Transform.FeatureCount;
        var features = target.Features.AsSpan(position * stride, rows.Length * stride);
        foreach (var column in set.Transform.Columns)
        {
            CopyFeature(column.Column);
            column.Write(_column, rows, MergedOfLocal(shard, column.Column), features, stride);
        }

        DecodeLabels(shard, rows, target, position);
        return rows.Length;
    }

    // A sparse shard may have fewer features than others; what it does not have is 0. A label that is a number is its last column.
    private void CopyFeature(int source)
    {
        if (source < _block.ColumnCount - (set.Target is null ? 0 : 1))
        {
            _block.CopyColumn(source, _column);
        }
        else
        {
            _column.AsSpan(0, _block.Rows).Clear();
        }
    }

    private void DecodeLabels(int shard, ReadOnlySpan<int> rows, RowWindow target, int position)
    {
        if (set.Target is { } transform)
        {
            _block.CopyColumn(_block.ColumnCount - 1, _column);
            for (var i = 0; i < rows.Length; i++)
            {
                target.Targets[position + i] = transform.Apply(_column[rows[i]]);
            }

            return;
        }

        var labels = _block.Labels;
        var classes = set.Layouts[shard].ClassOfLocalLabel;
        for (var i = 0; i < rows.Length; i++)
        {
            target.Classes[position + i] = classes[labels[rows[i]]];
        }
    }

    private ReadOnlySpan<int> SelectRows(int shard, bool heldOut, int skip, int count)
    {
        if (_rows.Length < _block.Rows)
        {
            _rows = new int[_block.Rows];
        }

        var split = new RowSplit(set.Data, set.Shards.Shards[shard]);
        var found = 0;
        for (var row = 0; row < _block.Rows; row++)
        {
            if (split.IsHeldOut(_block.FirstRow + row) == heldOut)
            {
                _rows[found++] = row;
            }
        }

        return _rows.AsSpan(skip, Math.Min(count, found - skip));
    }
}
