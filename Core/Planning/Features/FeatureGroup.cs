using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning.Features;

/// <summary>The model features that one column becomes.</summary>
public abstract record FeatureGroup
{
    private FeatureGroup(int column, string name) => (Column, Name) = (column, name);

    /// <summary>Position among the profile's feature columns.</summary>
    public int Column { get; }

    /// <summary>Name of the column.</summary>
    public string Name { get; }

    /// <summary>Model features, ≥ 1.</summary>
    public abstract int Width { get; }

    /// <summary>Names of the model features in order.</summary>
    public abstract IEnumerable<string> FeatureNames();

    private string MissingName() => $"{Name}?missing";

    /// <summary>A number, scaled, and perhaps whether it is missing.</summary>
    /// <param name="Statistics">Of the training rows; missing cells are counted where they are filled with a constant.</param>
    /// <param name="Fill">What missing cells are taken as.</param>
    /// <param name="HasValue">Whether the number is a feature: it is not when all training rows have the same.</param>
    /// <param name="HasIndicator">Whether being missing is a feature, the last one.</param>
    public sealed record Numbers(int Column, string Name, ColumnStatistics Statistics, double Fill, bool HasValue, bool HasIndicator) : FeatureGroup(Column, Name)
    {
        public override int Width => (HasValue ? 1 : 0) + (HasIndicator ? 1 : 0);

        public override IEnumerable<string> FeatureNames() => [.. HasValue ? [Name] : Array.Empty<string>(), .. HasIndicator ? [MissingName()] : Array.Empty<string>()];
    }

    /// <summary>A feature for each category that training rows have, 1 where the cell is it and else 0.</summary>
    /// <param name="Categories">The categories in the order of their features.</param>
    /// <param name="FeatureOfCategory">For each category of the merged vocabulary its place in the group; −1 = no training row has it.</param>
    /// <param name="HasMissing">Whether being missing is a feature, the last one.</param>
    public sealed record OneHot(int Column, string Name, IReadOnlyList<string> Categories, IReadOnlyList<int> FeatureOfCategory, bool HasMissing) : FeatureGroup(Column, Name)
    {
        public override int Width => Categories.Count + (HasMissing ? 1 : 0);

        public override IEnumerable<string> FeatureNames() =>
            [.. Categories.Select(category => $"{Name}={category}"), .. HasMissing ? [MissingName()] : Array.Empty<string>()];
    }

    /// <summary>A feature for each bucket, 1 where the cell's hash falls into it and else 0.</summary>
    /// <param name="HasMissing">Whether being missing is a feature, the last one.</param>
    public sealed record Buckets(int Column, string Name, int Count, bool HasMissing) : FeatureGroup(Column, Name)
    {
        public override int Width => Count + (HasMissing ? 1 : 0);

        public override IEnumerable<string> FeatureNames() =>
            [.. Enumerable.Range(0, Count).Select(bucket => FormattableString.Invariant($"{Name}#{bucket}")), .. HasMissing ? [MissingName()] : Array.Empty<string>()];
    }
}
