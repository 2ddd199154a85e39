namespace CloudSweep.Worker.Data.Rows;

/// <summary>Decoded rows in order of arrival and the order they are handed out in.</summary>
internal sealed class RowWindow(int capacity, int featureCount)
{
    public float[] Features { get; } = new float[(long)capacity * featureCount];

    public int[] Classes { get; } = new int[capacity];

    public float[] Targets { get; } = new float[capacity];

    /// <summary>Rank of arrival for each position.</summary>
    public int[] Order { get; } = new int[capacity];

    public int Count { get; set; }
}
