using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>
/// What models see of raw columns; a pure function of the data spec and the merged profile.
/// Columns that do not vary over the training rows are left out. Computed in float64, then rounded to float32.
/// </summary>
internal sealed class FeatureTransform
{
    private const double SharedUnitFloor = 0.1;
    private const double SmallestDeviation = 1e-12;
    private const int FewestColumnsOfAUnit = 16;
    private const double LargestUnitValue = 255;

    private FeatureTransform(FeatureLayout layout, IReadOnlyList<ColumnTransform> columns)
    {
        Columns = columns;
        FeatureCount = (int)layout.Count;
        (Tiles, OtherColumns) = Arrange(columns);
    }

    /// <summary>One for each column that models see, in the order of their features.</summary>
    public IReadOnlyList<ColumnTransform> Columns { get; }

    public int FeatureCount { get; }

    /// <summary>The columns that are one scaled number, those together whose features lie beside each other.</summary>
    public IReadOnlyList<NumberTile> Tiles { get; }

    /// <summary>The columns that are in no tile.</summary>
    public IReadOnlyList<ColumnTransform> OtherColumns { get; }

    /// <exception cref="DataErrorException">No column varies, or there are too many features.</exception>
    public static FeatureTransform Create(DataSpec data, DataProfile profile)
    {
        var layout = FeatureLayout.Of(data, profile);
        layout.Require(profile.TrainRows());
        var numbers = layout.Groups.OfType<FeatureGroup.Numbers>().Where(group => group.HasValue).ToArray();
        var units = profile.Columns.OfType<ColumnProfile.Numeric>().Select(column => column.Statistics).Where(statistics => statistics.Count > 0).ToArray();
        var floor = data.Scale == FeatureScale.Standard && HasSharedUnit(units) ? SharedUnitFloor * numbers.Select(group => Deviation(group.Statistics)).DefaultIfEmpty().Max() : SmallestDeviation;
        var first = 0;
        var columns = new List<ColumnTransform>();
        foreach (var group in layout.Groups)
        {
            columns.Add(group switch
            {
                FeatureGroup.Numbers number => new NumberTransform(number, first, Scaling(data, number, floor)),
                FeatureGroup.OneHot oneHot => new CategoryTransform(oneHot, first),
                FeatureGroup.Buckets buckets => new BucketTransform(buckets, first),
                _ => throw new InvalidOperationException($"Unknown group {group}."),
            });
            first += group.Width;
        }

        return new FeatureTransform(layout, columns);
    }

    /// <summary>
    /// Whether numeric columns look like pixels: at least 16, all with whole extremes between 0 and 255, and at least half of them
    /// reach a quarter of the largest value. Then a rarely set column is not blown up to the spread of the others.
    /// </summary>
    public static bool HasSharedUnit(IReadOnlyList<ColumnStatistics> columns) =>
        columns.Count >= FewestColumnsOfAUnit
            && columns.All(column => column.Min >= 0 && column.Max <= LargestUnitValue && double.IsInteger(column.Min) && double.IsInteger(column.Max))
            && columns.Max(column => column.Max) is var largest
            && columns.Count(column => column.Max * 4 >= largest) * 2 >= columns.Count;

    private static (List<NumberTile> Tiles, List<ColumnTransform> Others) Arrange(IReadOnlyList<ColumnTransform> columns)
    {
        var (tiles, others, open) = (new List<NumberTile>(), new List<ColumnTransform>(), new List<NumberTransform>());
        foreach (var column in columns)
        {
            var plain = column is NumberTransform { IsPlain: true } number ? number : null;
            if (open.Count > 0 && (plain is null || open.Count == NumberTile.Width))
            {
                tiles.Add(new NumberTile([.. open]));
                open.Clear();
            }

            if (plain is null)
            {
                others.Add(column);
            }
            else
            {
                open.Add(plain);
            }
        }

        if (open.Count > 0)
        {
            tiles.Add(new NumberTile([.. open]));
        }

        return (tiles, others);
    }

    private static NumberScaling Scaling(DataSpec data, FeatureGroup.Numbers group, double floor) => data.Scale switch
    {
        FeatureScale.Standard => new NumberScaling(group.Statistics.Mean, Math.Max(Deviation(group.Statistics), floor), data.Clip),
        FeatureScale.Max => new NumberScaling(0, Math.Max(Math.Abs(group.Statistics.Min), Math.Abs(group.Statistics.Max)), double.PositiveInfinity),
        FeatureScale.None => new NumberScaling(0, 1, double.PositiveInfinity),
        _ => throw new InvalidOperationException($"Unknown scale {data.Scale}."),
    };

    // Deviation of the population (n, not n − 1), as scikit-learn's StandardScaler has it.
    private static double Deviation(ColumnStatistics statistics) => Math.Sqrt(statistics.M2 / statistics.Count);
}
