using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>What a pass learned of one feature column.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Numeric), "numeric")]
[JsonDerivedType(typeof(Category), "category")]
[JsonDerivedType(typeof(Hashed), "hashed")]
[JsonDerivedType(typeof(Empty), "empty")]
public abstract record ColumnProfile
{
    private ColumnProfile(MissingCount missing) => Missing = missing;

    /// <summary>Rows without a value.</summary>
    public MissingCount Missing { get; init; }

    /// <param name="Statistics">Of the training rows with a value.</param>
    public sealed record Numeric(ColumnStatistics Statistics, MissingCount Missing = default) : ColumnProfile(Missing);

    /// <param name="Categories">Of a shard in order of first appearance, by which its blocks store them; merged in ordinal order.</param>
    public sealed record Category(IReadOnlyList<LabelCount> Categories, MissingCount Missing = default) : ColumnProfile(Missing);

    /// <param name="Values">Training rows with a value.</param>
    public sealed record Hashed(int Buckets, long Values, MissingCount Missing = default) : ColumnProfile(Missing);

    /// <summary>No row has a value, so that its kind can't be told.</summary>
    public sealed record Empty(MissingCount Missing) : ColumnProfile(Missing);
}
