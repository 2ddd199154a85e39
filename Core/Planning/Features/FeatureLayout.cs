using System.Globalization;
using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning.Features;

/// <summary>Which model features the columns become: a pure function of the data spec and the merged profile. What never varies over the training rows is left out.</summary>
public sealed class FeatureLayout
{
    /// <summary>Rows that are decoded at once; a constant of the numerics.</summary>
    public const int WindowRows = 65_536;

    private const int NamedColumns = 3;

    private FeatureLayout(IReadOnlyList<FeatureGroup> groups)
    {
        Groups = groups;
        Count = groups.Sum(group => (long)group.Width);
    }

    /// <summary>In the order of their columns.</summary>
    public IReadOnlyList<FeatureGroup> Groups { get; }

    /// <summary>Model features.</summary>
    public long Count { get; }

    public static FeatureLayout Of(DataSpec data, DataProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return Of(data, profile.Features, profile.Columns);
    }

    /// <param name="names">Names of the feature columns.</param>
    /// <param name="columns">What they hold, parallel to the names.</param>
    public static FeatureLayout Of(DataSpec data, IReadOnlyList<string> names, IReadOnlyList<ColumnProfile> columns)
    {
        ArgumentNullException.ThrowIfNull(data);
        var settings = data.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return new FeatureLayout([.. columns
            .Select((column, index) => Group(index, names[index], column, settings.GetValueOrDefault(names[index])))
            .OfType<FeatureGroup>()]);
    }

    /// <summary>Names of all model features in order.</summary>
    public IEnumerable<string> FeatureNames() => Groups.SelectMany(group => group.FeatureNames());

    /// <exception cref="DataErrorException">There are no features, or too many to decode a window of rows.</exception>
    public void Require(long trainRows)
    {
        if (Count == 0)
        {
            throw new DataErrorException("Every feature column has one value in all training rows; at least one must vary, so check the included columns and the data.");
        }

        var rows = Math.Min(trainRows, WindowRows);
        var most = Array.MaxLength / Math.Max(1, rows);
        if (Count > most)
        {
            var widest = Groups.OrderByDescending(group => group.Width).Take(NamedColumns).Select(group => string.Create(CultureInfo.InvariantCulture, $"'{group.Name}' ({group.Width})"));
            throw new DataErrorException(string.Create(
                CultureInfo.InvariantCulture,
                $"The columns become {Count} features; at most {most} are allowed for a window of {rows} rows. The widest are {string.Join(", ", widest)}; use fewer buckets or exclude columns."));
        }
    }

    private static FeatureGroup? Group(int index, string name, ColumnProfile column, ColumnSettings? settings)
    {
        FeatureGroup? group = column switch
        {
            ColumnProfile.Numeric numeric => Numbers(index, name, numeric, settings as ColumnSettings.Numeric),
            ColumnProfile.Category category => OneHot(index, name, category, settings as ColumnSettings.Category),
            ColumnProfile.Hashed hashed => Buckets(index, name, hashed, settings as ColumnSettings.Hashed),
            _ => null,
        };
        return group?.Width > 0 ? group : null;
    }

    private static FeatureGroup.Numbers Numbers(int index, string name, ColumnProfile.Numeric column, ColumnSettings.Numeric? settings)
    {
        var missing = column.Missing.TrainRows;
        var statistics = column.Statistics;
        if (settings?.Fill is { } fill && missing > 0)
        {
            statistics = statistics.Plus(new ColumnStatistics(missing, fill, 0, fill, fill));
        }

        var hasValues = column.Statistics.Count > 0;
        return new FeatureGroup.Numbers(
            index,
            name,
            statistics,
            settings?.Fill ?? statistics.Mean,
            hasValues && statistics.Min < statistics.Max,
            settings is { HasIndicator: true } && hasValues && missing > 0);
    }

    private static FeatureGroup.OneHot OneHot(int index, string name, ColumnProfile.Category column, ColumnSettings.Category? settings)
    {
        var missing = column.Missing.TrainRows;
        var rows = missing + column.Categories.Sum(category => category.TrainRows);
        var features = new int[column.Categories.Count];
        var seen = new List<string>();
        for (var category = 0; category < features.Length; category++)
        {
            var count = column.Categories[category];
            features[category] = count.TrainRows > 0 && count.TrainRows < rows ? seen.Count : -1;
            if (features[category] >= 0)
            {
                seen.Add(count.Label);
            }
        }

        return new FeatureGroup.OneHot(index, name, seen, features, settings is { IsMissingACategory: true } && missing > 0 && missing < rows);
    }

    private static FeatureGroup.Buckets? Buckets(int index, string name, ColumnProfile.Hashed column, ColumnSettings.Hashed? settings) =>
        column.Values == 0 ? null : new FeatureGroup.Buckets(index, name, column.Buckets, settings is { IsMissingACategory: true } && column.Missing.TrainRows > 0);
}
