using System.Globalization;
using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning.Features;

/// <summary>What a person should know of a data set before trusting what was learned from it. Names columns, shows no cells.</summary>
internal sealed class ProfileWarnings(IReadOnlyList<ShardProfile> shards, DataProfile profile, DataSpec data)
{
    private const int NamedColumns = 5;
    private const double LargestRelativeMean = 1e4;

    private readonly HashSet<int> _kept = [.. FeatureLayout.Of(data, profile).Groups.Select(group => group.Column)];

    public IReadOnlyList<string> All() =>
    [
        .. About("Left out, having no value in any training row", (index, _) => !_kept.Contains(index) && ValuesOf(index) == 0 ? "" : null),
        .. About("Left out, having one value in all training rows", (index, _) => !_kept.Contains(index) && ValuesOf(index) > 0 ? "" : null),
        .. About("Missing in training rows", (index, column) => _kept.Contains(index) && column.Missing.TrainRows > 0 ? Text($" ({column.Missing.TrainRows})") : null),
        .. About("Categories that no training row has, so that their features are all 0", (index, column) => Unseen(index, column) is > 0 and var unseen ? Text($" ({unseen})") : null),
        .. About("Mean more than 10,000 times the standard deviation, as of a time stamp", (_, column) => column is ColumnProfile.Numeric { Statistics: var statistics } && IsFarFromZero(statistics) ? "" : null),
        .. SingleRows(),
    ];

    private IEnumerable<string> About(string what, Func<int, ColumnProfile, string?> remark)
    {
        var columns = profile.Columns.Select((column, index) => remark(index, column) is { } text ? $"'{profile.Features[index]}'{text}" : null).OfType<string>().ToArray();
        if (columns.Length > 0)
        {
            var more = columns.Length > NamedColumns ? Text($" and {columns.Length - NamedColumns} more") : "";
            yield return Text($"{what}: {(columns.Length == 1 ? "column" : "columns")} {string.Join(", ", columns.Take(NamedColumns))}{more}.");
        }
    }

    private IEnumerable<string> SingleRows()
    {
        var single = profile.Classes.Count(label => label.TrainRows == 1);
        if (single > 0)
        {
            yield return Text($"Classes with a single training row: {single} of {profile.Classes.Count}. Too few to learn from, but they are kept.");
        }
    }

    private long ValuesOf(int column) => profile.Columns[column] switch
    {
        ColumnProfile.Numeric numeric => numeric.Statistics.Count,
        ColumnProfile.Category category => category.Categories.Sum(entry => entry.TrainRows),
        ColumnProfile.Hashed hashed => hashed.Values,
        _ => 0,
    };

    /// <summary>Categories of validation or test rows that training rows do not have.</summary>
    private int Unseen(int index, ColumnProfile column)
    {
        if (column is not ColumnProfile.Category merged)
        {
            return 0;
        }

        var trained = merged.Categories.Where(category => category.TrainRows > 0).Select(category => category.Label).ToHashSet(StringComparer.Ordinal);
        return shards.Select(shard => shard.Columns[index]).OfType<ColumnProfile.Category>()
            .SelectMany(part => part.Categories)
            .Where(category => category.TrainRows + category.ValidationRows > 0)
            .Select(category => category.Label)
            .Distinct(StringComparer.Ordinal)
            .Count(label => !trained.Contains(label));
    }

    private static bool IsFarFromZero(ColumnStatistics statistics) =>
        statistics.Min < statistics.Max && Math.Abs(statistics.Mean) > LargestRelativeMean * Math.Sqrt(statistics.M2 / statistics.Count);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
