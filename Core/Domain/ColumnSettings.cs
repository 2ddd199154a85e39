using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>What a feature column holds and what models see of it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Numeric), "numeric")]
[JsonDerivedType(typeof(Category), "category")]
[JsonDerivedType(typeof(Hashed), "hashed")]
public abstract record ColumnSettings
{
    private ColumnSettings(string name, IReadOnlyList<string> missingCells) => (Name, MissingCells) = (name, missingCells);

    public string Name { get; init; }

    /// <summary>Cells that count as missing in this column beside those of <see cref="DataSpec.Missing"/>.</summary>
    public IReadOnlyList<string> MissingCells { get; init; }

    /// <summary>The settings without those that matter only once blocks are read.</summary>
    public abstract ColumnSettings OfDecoding();

    /// <summary>Numbers, scaled as <see cref="DataSpec.Scale"/> says.</summary>
    /// <param name="Fill">What missing cells are taken as; null = the mean of the training rows.</param>
    /// <param name="HasIndicator">Whether a feature of its own says that the cell is missing.</param>
    public sealed record Numeric(string Name, IReadOnlyList<string> MissingCells, double? Fill, bool HasIndicator) : ColumnSettings(Name, MissingCells)
    {
        public override ColumnSettings OfDecoding() => this with { Fill = null, HasIndicator = false };
    }

    /// <summary>Texts, one feature for each that training rows have.</summary>
    /// <param name="IsMissingACategory">Whether missing cells are a category of their own; else all features are 0.</param>
    public sealed record Category(string Name, IReadOnlyList<string> MissingCells, bool IsMissingACategory) : ColumnSettings(Name, MissingCells)
    {
        public override ColumnSettings OfDecoding() => this with { IsMissingACategory = false };
    }

    /// <summary>Texts, each of which falls into one of a fixed number of features by its hash.</summary>
    /// <param name="Buckets">Features, 2 to 1,000,000.</param>
    /// <param name="IsMissingACategory">Whether missing cells are a category of their own; else all features are 0.</param>
    public sealed record Hashed(string Name, IReadOnlyList<string> MissingCells, int Buckets, bool IsMissingACategory) : ColumnSettings(Name, MissingCells)
    {
        public override ColumnSettings OfDecoding() => this with { IsMissingACategory = false };
    }
}
