namespace CloudSweep.Worker.Data.Csv;

/// <summary>What the columns of a shard are.</summary>
/// <param name="Names">Names of all columns in file order.</param>
/// <param name="LabelColumn">Position of the label.</param>
/// <param name="FeatureColumns">Positions of the features, ascending.</param>
/// <param name="HasHeader">Whether the first record names the columns.</param>
internal sealed record CsvSchema(IReadOnlyList<string> Names, int LabelColumn, int[] FeatureColumns, bool HasHeader)
{
    public string LabelName => Names[LabelColumn];

    public IReadOnlyList<string> FeatureNames => [.. FeatureColumns.Select(column => Names[column])];
}
