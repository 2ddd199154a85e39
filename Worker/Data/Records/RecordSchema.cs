namespace CloudSweep.Worker.Data.Records;

/// <summary>What the columns of a shard are.</summary>
/// <param name="Names">Names of all columns in file order.</param>
/// <param name="LabelColumn">Position of the label.</param>
/// <param name="FeatureColumns">Positions of the features, ascending.</param>
internal sealed record RecordSchema(IReadOnlyList<string> Names, int LabelColumn, int[] FeatureColumns)
{
    public string LabelName => Names[LabelColumn];

    public IReadOnlyList<string> FeatureNames => [.. FeatureColumns.Select(column => Names[column])];

    /// <summary>Name of a column in a shard whose columns have only positions.</summary>
    public static string PositionName(int column) => $"c{column}";
}
