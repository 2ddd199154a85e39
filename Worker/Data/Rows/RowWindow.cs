namespace CloudSweep.Worker.Data.Rows;

/// <summary>Decoded rows.</summary>
/// <param name="capacity">Most rows it holds, ≥ 1.</param>
/// <param name="featureCount">Features per row.</param>
internal sealed class RowWindow(int capacity, int featureCount)
{
    /// <summary>Row-major; not cleared, since every row that counts is written.</summary>
    public float[] Features { get; } = GC.AllocateUninitializedArray<float>(checked(capacity * featureCount));

    public int[] Classes { get; } = new int[capacity];

    public float[] Targets { get; } = new float[capacity];

    /// <summary>Rows that count, the first ones.</summary>
    public int Count { get; set; }
}
