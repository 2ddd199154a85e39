using System.Globalization;
using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning.Features;

/// <summary>Merges what shards learned of their columns, in the order given. How rows are cut into shards shows only in the rounding of means.</summary>
internal sealed class ColumnMerger(IReadOnlyList<ShardProfile> shards, List<string> problems)
{
    /// <summary>The columns of all training and validation rows; problems where shards disagree.</summary>
    public IReadOnlyList<ColumnProfile> Merge()
    {
        var columns = shards[0].Features.Select((name, column) => Merge(name, column)).ToArray();
        var categories = columns.OfType<ColumnProfile.Category>().Sum(column => (long)column.Categories.Count);
        if (categories > CategoryLimits.Together)
        {
            problems.Add(Text($"The columns have {categories} categories together; at most {CategoryLimits.Together} are allowed. Set the kind of some to hashed in data.features.columns, or exclude them."));
        }

        return columns;
    }

    /// <summary>For each column with categories, where those of a shard are in the merged vocabulary.</summary>
    public static IReadOnlyList<CategoryMap> MapsOf(ShardProfile shard, IReadOnlyList<ColumnProfile> merged) =>
        [.. shard.Columns.Index().Where(entry => entry.Item is ColumnProfile.Category { Categories.Count: > 0 })
            .Select(entry => new CategoryMap(entry.Index, Map(((ColumnProfile.Category)entry.Item).Categories, ((ColumnProfile.Category)merged[entry.Index]).Categories)))];

    private static int[] Map(IReadOnlyList<LabelCount> local, IReadOnlyList<LabelCount> merged)
    {
        var indexes = merged.Index().ToDictionary(entry => entry.Item.Label, entry => entry.Index, StringComparer.Ordinal);
        return [.. local.Select(category => indexes.GetValueOrDefault(category.Label, -1))];
    }

    private ColumnProfile Merge(string name, int column)
    {
        var parts = shards.Select(shard => (shard.ShardKey, IsTest: shard.Role == ShardRole.Test, Column: shard.Columns[column])).ToArray();
        var missing = parts.Where(part => !part.IsTest).Aggregate(default(MissingCount), (sum, part) => sum.Plus(part.Column.Missing));
        var told = parts.Where(part => part.Column is not ColumnProfile.Empty).ToArray();
        if (told.Length == 0)
        {
            return new ColumnProfile.Empty(missing);
        }

        var first = told[0];
        if (told.FirstOrDefault(part => part.Column.GetType() != first.Column.GetType()) is { Column: not null } other)
        {
            problems.Add($"Column '{name}' is {KindOf(first.Column)} in shard '{first.ShardKey}' and {KindOf(other.Column)} in shard '{other.ShardKey}', going by its first value in each. Correct the data, or set its kind in data.features.columns.");
            return new ColumnProfile.Empty(missing);
        }

        return first.Column switch
        {
            ColumnProfile.Numeric => new ColumnProfile.Numeric(Values<ColumnProfile.Numeric>().Select(part => part.Statistics).Aggregate((left, right) => left.Plus(right)), missing),
            ColumnProfile.Hashed hashed => new ColumnProfile.Hashed(hashed.Buckets, Values<ColumnProfile.Hashed>().Sum(part => part.Values), missing),
            _ => Categories(name, parts.Where(part => !part.IsTest).Select(part => part.Column).OfType<ColumnProfile.Category>(), missing),
        };

        // Test rows are in no training statistic: theirs have no values.
        IEnumerable<T> Values<T>() => told.Select(part => (T)(object)part.Column);
    }

    private ColumnProfile.Category Categories(string name, IEnumerable<ColumnProfile.Category> parts, MissingCount missing)
    {
        var merged = parts.SelectMany(part => part.Categories)
            .GroupBy(category => category.Label, StringComparer.Ordinal)
            .Select(group => new LabelCount(group.Key, group.Sum(category => category.TrainRows), group.Sum(category => category.ValidationRows)))
            .Where(category => category.TrainRows + category.ValidationRows > 0)
            .OrderBy(category => category.Label, StringComparer.Ordinal)
            .ToArray();
        if (merged.Length > CategoryLimits.PerColumn)
        {
            problems.Add(Text($"Column '{name}' has {merged.Length} categories; at most {CategoryLimits.PerColumn} are allowed. Set its kind to hashed in data.features.columns, or exclude it."));
        }

        return new ColumnProfile.Category(merged, missing);
    }

    private static string KindOf(ColumnProfile column) => column switch
    {
        ColumnProfile.Numeric => "numeric",
        ColumnProfile.Category => "text",
        _ => "hashed",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
