using CloudSweep.Cli.Generation;

namespace CloudSweep.Cli.Tests.Generation;

/// <summary>Small data sets, and their text.</summary>
internal static class Datasets
{
    public static readonly DatasetSettings Teacher = new(DatasetKind.Teacher, Rows: 1000, Features: 6, Classes: 4, Noise: 0.1, Seed: 7);

    public static readonly DatasetSettings Linear = new(DatasetKind.Linear, Rows: 1000, Features: 6, Classes: 0, Noise: 0.1, Seed: 7);

    public static readonly DatasetSettings Sparse = new(DatasetKind.Sparse, Rows: 1000, Features: 200, Classes: 2, Noise: 0.1, Seed: 7) { Nonzeros = 12 };

    public static SyntheticDataset Create(DatasetSettings settings) => SyntheticDataset.Create(settings, CancellationToken.None);

    public static IEnumerable<int> Labels(DatasetSettings settings)
    {
        var row = new SyntheticRow(Create(settings));
        for (var number = 0L; number < settings.Rows; number++)
        {
            row.MoveTo(number);
            yield return row.Label;
        }
    }

    /// <summary>The rows of all shards in order, without headers.</summary>
    public static IEnumerable<string> RowsIn(string folder) =>
        Directory.EnumerateFiles(folder, "part-*.csv").Order(StringComparer.Ordinal).SelectMany(file => File.ReadLines(file).Skip(1));
}
