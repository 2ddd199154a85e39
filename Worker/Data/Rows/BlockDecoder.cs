using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Profiling;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Decodes blocks to rows as models see them. Used by one thread at a time.</summary>
internal sealed class BlockDecoder(DataSet set) : IDisposable
{
    private readonly float[] _scaled = new float[NumberTile.Width * NumberTile.Rows];
    private readonly double[] _raw = new double[NumberTile.Rows];
    private bool[] _isHeldOut = [];
    private int[] _places = [];

    /// <summary>What is decoded next; filled by somebody else.</summary>
    public RawBlock Block { get; } = new();

    /// <summary>Decodes rows of one side of the block at hand.</summary>
    /// <param name="shard">The block's.</param>
    /// <param name="heldOut">The side.</param>
    /// <param name="firstRank">Rank of the side's first row in the block.</param>
    /// <param name="placeOfRank">Row of <paramref name="target"/> for each rank from 0 on; negative = not wanted, as are all other ranks.</param>
    /// <param name="target">Gets the rows; its count stays.</param>
    public void Decode(int shard, bool heldOut, int firstRank, ReadOnlySpan<int> placeOfRank, RowWindow target)
    {
        FillPlaces(shard, heldOut, firstRank, placeOfRank);
        for (var row = 0; row < Block.Rows; row += NumberTile.Rows)
        {
            var places = _places.AsSpan(row, Math.Min(NumberTile.Rows, Block.Rows - row));
            if (places.ContainsAnyInRange(0, int.MaxValue))
            {
                DecodeFeatures(shard, row, places, target);
                DecodeLabels(shard, row, places, target);
            }
        }
    }

    public void Dispose() => Block.Dispose();

    private void FillPlaces(int shard, bool heldOut, int firstRank, ReadOnlySpan<int> placeOfRank)
    {
        if (_places.Length < Block.Rows)
        {
            (_places, _isHeldOut) = (new int[Block.Rows], new bool[Block.Rows]);
        }

        var isHeldOut = _isHeldOut.AsSpan(0, Block.Rows);
        new RowSplit(set.Data, set.Shards.Shards[shard]).Fill(Block.FirstRow, isHeldOut);
        var rank = firstRank;
        var places = _places.AsSpan(0, isHeldOut.Length);
        for (var row = 0; row < isHeldOut.Length; row++)
        {
            // No branch depends on the side, which nobody can foretell.
            var isOther = isHeldOut[row] == heldOut ? 0 : 1;
            places[row] = ((uint)rank < (uint)placeOfRank.Length ? placeOfRank[rank] : -1) | -isOther;
            rank += 1 - isOther;
        }
    }

    private void DecodeFeatures(int shard, int row, ReadOnlySpan<int> places, RowWindow target)
    {
        // A sparse shard may have fewer features than others; what it does not have is 0. A label that is a number is its last column.
        var stored = Block.ColumnCount - (set.Target is null ? 0 : 1);
        var stride = set.Transform.FeatureCount;
        foreach (var tile in set.Transform.Tiles)
        {
            if (tile.LastColumn < stored)
            {
                tile.Write(Block, row, places, _scaled, target.Features, stride);
            }
            else
            {
                foreach (var column in tile.Columns)
                {
                    DecodeColumn(column, shard, row, places, target, stored, stride);
                }
            }
        }

        foreach (var column in set.Transform.OtherColumns)
        {
            DecodeColumn(column, shard, row, places, target, stored, stride);
        }
    }

    private void DecodeColumn(ColumnTransform column, int shard, int row, ReadOnlySpan<int> places, RowWindow target, int stored, int stride)
    {
        var raw = _raw.AsSpan(0, places.Length);
        if (column.Column < stored)
        {
            Block.CopyColumn(column.Column, row, raw);
        }
        else
        {
            raw.Clear();
        }

        column.Write(raw, places, set.MergedOfLocal(shard, column.Column), target.Features, stride);
    }

    private void DecodeLabels(int shard, int row, ReadOnlySpan<int> places, RowWindow target)
    {
        if (set.Target is { } transform)
        {
            var raw = _raw.AsSpan(0, places.Length);
            Block.CopyColumn(Block.ColumnCount - 1, row, raw);
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i] >= 0)
                {
                    target.Targets[places[i]] = transform.Apply(raw[i]);
                }
            }

            return;
        }

        var labels = Block.Labels.Slice(row, places.Length);
        var classes = set.ClassOfLocalLabel(shard);
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] >= 0)
            {
                target.Classes[places[i]] = classes[labels[i]];
            }
        }
    }
}
