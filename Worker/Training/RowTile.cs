namespace CloudSweep.Worker.Training;

/// <summary>A buffer of decoded rows, filled by an <see cref="IRowReader"/> and read by all lanes.</summary>
/// <param name="capacity">Most rows it holds, ≥ 1.</param>
/// <param name="featureCount">Features per row, ≥ 1.</param>
internal sealed class RowTile(int capacity, int featureCount)
{
    public int Capacity { get; } = capacity;

    /// <summary>Scaled features, row-major: feature f of row r is at r × featureCount + f.</summary>
    public float[] Features { get; } = new float[capacity * featureCount];

    /// <summary>Class index of each row, 0 ≤ class &lt; class count, of a label that is a class.</summary>
    public int[] Classes { get; } = new int[capacity];

    /// <summary>Standardized label of each row, of a label that is a number.</summary>
    public float[] Targets { get; } = new float[capacity];

    /// <summary>Rows filled.</summary>
    public int Count { get; set; }
}
