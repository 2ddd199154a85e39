namespace CloudSweep.Worker.Training;

/// <summary>Decoded rows that all lanes read: a buffer to be filled, or a view of rows that are in memory already.</summary>
internal sealed class RowTile
{
    private readonly int _featureCount;
    private readonly int _first;

    /// <param name="capacity">Most rows it holds, ≥ 1.</param>
    /// <param name="featureCount">Features per row, ≥ 1.</param>
    public RowTile(int capacity, int featureCount)
        : this(new float[capacity * featureCount], new int[capacity], new float[capacity], featureCount, 0, capacity)
    {
    }

    private RowTile(float[] features, int[] classes, float[] targets, int featureCount, int first, int capacity) =>
        (Features, Classes, Targets, _featureCount, _first, Capacity) = (features, classes, targets, featureCount, first, capacity);

    public int Capacity { get; }

    /// <summary>Of a buffer, to be filled: scaled features, row-major; feature f of row r is at r × featureCount + f.</summary>
    public float[] Features { get; }

    /// <summary>Of a buffer, to be filled: class index of each row, 0 ≤ class &lt; class count, of a label that is a class.</summary>
    public int[] Classes { get; }

    /// <summary>Of a buffer, to be filled: standardized label of each row, of a label that is a number.</summary>
    public float[] Targets { get; }

    /// <summary>Rows filled.</summary>
    public int Count { get; set; }

    /// <summary>Rows in the arrays of somebody else, from <paramref name="first"/> on, which nobody may write to while they are looked at.</summary>
    public static RowTile Of(float[] features, int[] classes, float[] targets, int featureCount, int first, int count) =>
        new(features, classes, targets, featureCount, first, count) { Count = count };

    /// <summary>An empty buffer of rows, the one at hand where it is large enough.</summary>
    public static RowTile Empty(ref RowTile? buffer, int capacity, int featureCount)
    {
        if (buffer is null || buffer.Capacity < capacity)
        {
            buffer = new RowTile(capacity, featureCount);
        }

        buffer.Count = 0;
        return buffer;
    }

    /// <summary>Copies rows of another tile behind those of this buffer.</summary>
    public void Append(RowTile source, int row, int rows)
    {
        source.FeaturesOf(row, rows).CopyTo(Features.AsSpan(Count * _featureCount));
        source.ClassesOf(row, rows).CopyTo(Classes.AsSpan(Count));
        source.TargetsOf(row, rows).CopyTo(Targets.AsSpan(Count));
        Count += rows;
    }

    /// <summary>Row-major.</summary>
    public ReadOnlySpan<float> FeaturesOf(int row, int rows) => Features.AsSpan((_first + row) * _featureCount, rows * _featureCount);

    public ReadOnlySpan<int> ClassesOf(int row, int rows) => Classes.AsSpan(_first + row, rows);

    public ReadOnlySpan<float> TargetsOf(int row, int rows) => Targets.AsSpan(_first + row, rows);

    public int ClassOf(int row) => Classes[_first + row];

    public float TargetOf(int row) => Targets[_first + row];
}
