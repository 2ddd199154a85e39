using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>
/// What models see of raw features; a pure function of the data spec and the merged profile.
/// Columns with one value over the training rows are left out. Computed in float64, then rounded to float32.
/// </summary>
internal sealed class FeatureTransform
{
    private const double SharedUnitFloor = 0.1;
    private const double SmallestDeviation = 1e-12;
    private const int FewestColumnsOfAUnit = 16;
    private const double LargestUnitValue = 255;

    private readonly double[] _offsets;
    private readonly double[] _divisors;
    private readonly double _clip;

    private FeatureTransform(int[] sources, double[] offsets, double[] divisors, double clip)
    {
        Sources = sources;
        _offsets = offsets;
        _divisors = divisors;
        _clip = clip;
    }

    /// <summary>Per model feature its column among the profile's features, ascending.</summary>
    public IReadOnlyList<int> Sources { get; }

    public int FeatureCount => Sources.Count;

    /// <exception cref="DataErrorException">Every column is constant.</exception>
    public static FeatureTransform Create(FeatureScale scale, double clip, IReadOnlyList<ColumnStatistics> columns)
    {
        int[] sources = [.. Enumerable.Range(0, columns.Count).Where(column => columns[column].Min < columns[column].Max)];
        if (sources.Length == 0)
        {
            throw new DataErrorException("Every feature column has one value in all training rows; at least one must vary, so check the included columns and the data.");
        }

        var kept = sources.Select(column => columns[column]).ToArray();
        return scale switch
        {
            FeatureScale.Standard => Standard(sources, kept, clip, HasSharedUnit(columns)),
            FeatureScale.Max => new FeatureTransform(sources, new double[kept.Length], [.. kept.Select(column => Math.Max(Math.Abs(column.Min), Math.Abs(column.Max)))], double.PositiveInfinity),
            FeatureScale.None => new FeatureTransform(sources, new double[kept.Length], [.. kept.Select(_ => 1.0)], double.PositiveInfinity),
            _ => throw new ArgumentOutOfRangeException(nameof(scale), scale, null),
        };
    }

    /// <summary>
    /// Whether columns look like pixels: at least 16, all with whole extremes between 0 and 255, and at least half of them
    /// reach a quarter of the largest value. Then a rarely set column is not blown up to the spread of the others.
    /// </summary>
    public static bool HasSharedUnit(IReadOnlyList<ColumnStatistics> columns)
    {
        var largest = columns.Max(column => column.Max);
        return columns.Count >= FewestColumnsOfAUnit
            && columns.All(column => column.Min >= 0 && column.Max <= LargestUnitValue && double.IsInteger(column.Min) && double.IsInteger(column.Max))
            && columns.Count(column => column.Max * 4 >= largest) * 2 >= columns.Count;
    }

    /// <summary>How the source column becomes this feature.</summary>
    public NumberScaling ScalingOf(int feature) => new(_offsets[feature], _divisors[feature], _clip);

    /// <param name="feature">Model feature, 0 ≤ feature &lt; <see cref="FeatureCount"/>.</param>
    /// <param name="raw">Value of its source column.</param>
    public float Apply(int feature, double raw) => ScalingOf(feature).Apply(raw);

    private static FeatureTransform Standard(int[] sources, ColumnStatistics[] kept, double clip, bool hasSharedUnit)
    {
        // Deviation of the population (n, not n − 1), as scikit-learn's StandardScaler has it.
        var deviations = kept.Select(column => Math.Sqrt(column.M2 / column.Count)).ToArray();
        var floor = hasSharedUnit ? SharedUnitFloor * deviations.Max() : SmallestDeviation;
        return new FeatureTransform(sources, [.. kept.Select(column => column.Mean)], [.. deviations.Select(deviation => Math.Max(deviation, floor))], clip);
    }
}
