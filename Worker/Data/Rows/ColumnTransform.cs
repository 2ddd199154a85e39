namespace CloudSweep.Worker.Data.Rows;

/// <summary>Writes the model features of one raw column.</summary>
/// <param name="column">Position among the profile's feature columns.</param>
/// <param name="firstFeature">The first of its model features.</param>
internal abstract class ColumnTransform(int column, int firstFeature)
{
    public int Column { get; } = column;

    public int FirstFeature { get; } = firstFeature;

    /// <summary>Writes all features of the column for some rows.</summary>
    /// <param name="raw">Values of the rows; NaN = missing.</param>
    /// <param name="places">For each of them the row of <paramref name="features"/> it becomes; negative = none.</param>
    /// <param name="mergedOfLocal">Place in the merged vocabulary of each category of the block's shard; empty for other kinds.</param>
    /// <param name="features">Row-major; a row has <paramref name="stride"/> values.</param>
    public abstract void Write(ReadOnlySpan<double> raw, ReadOnlySpan<int> places, ReadOnlySpan<int> mergedOfLocal, Span<float> features, int stride);
}
