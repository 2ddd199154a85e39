using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Decoded rows.</summary>
/// <param name="capacity">Most rows it holds, ≥ 1.</param>
/// <param name="featureCount">Features per row.</param>
internal sealed class RowWindow(int capacity, int featureCount)
{
    public int FeatureCount => featureCount;

    /// <summary>Row-major; not cleared, since every row that counts is written.</summary>
    public float[] Features { get; } = GC.AllocateUninitializedArray<float>(checked(capacity * featureCount));

    public int[] Classes { get; } = new int[capacity];

    public float[] Targets { get; } = new float[capacity];

    /// <summary>Rows that count, the first ones.</summary>
    public int Count { get; set; }

    /// <summary>Rows where they are.</summary>
    public RowTile Lend(int first, int count) => RowTile.Of(Features, Classes, Targets, featureCount, first, count);

    /// <summary>Copies rows behind those of a tile.</summary>
    public void CopyTo(RowTile tile, int first, int count)
    {
        Features.AsSpan(first * featureCount, count * featureCount).CopyTo(tile.Features.AsSpan(tile.Count * featureCount));
        Classes.AsSpan(first, count).CopyTo(tile.Classes.AsSpan(tile.Count));
        Targets.AsSpan(first, count).CopyTo(tile.Targets.AsSpan(tile.Count));
        tile.Count += count;
    }
}
