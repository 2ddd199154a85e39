using System.Text.Json.Serialization;

namespace CloudSweep.Worker.Prediction;

/// <summary>One column that a model sees, and which model features it becomes. The features of all inputs follow one another in order.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Number), "numeric")]
[JsonDerivedType(typeof(Category), "category")]
[JsonDerivedType(typeof(Hashed), "hashed")]
public abstract record ModelInput
{
    private ModelInput(string column, IReadOnlyList<string> missingCells) => (Column, MissingCells) = (column, missingCells);

    /// <summary>Name of the column; c0, c1, … by position where files have no header.</summary>
    public string Column { get; init; }

    /// <summary>Cells that count as missing in this column, beside those of the whole model.</summary>
    public IReadOnlyList<string> MissingCells { get; init; }

    /// <summary>Model features, ≥ 1.</summary>
    [JsonIgnore]
    public abstract int Width { get; }

    /// <summary>A number x becomes (x − offset) / divisor in float64, bounded by ±clip, as float32.</summary>
    /// <param name="Clip">Null = no bound.</param>
    /// <param name="Fill">What a missing cell is taken as.</param>
    /// <param name="HasValue">Whether the number is a feature.</param>
    /// <param name="HasIndicator">Whether 1 for missing and else 0 is a feature, the last one.</param>
    public sealed record Number(
        string Column, IReadOnlyList<string> MissingCells, double Offset, double Divisor, double? Clip, double Fill, bool HasValue, bool HasIndicator)
        : ModelInput(Column, MissingCells)
    {
        [JsonIgnore]
        public override int Width => (HasValue ? 1 : 0) + (HasIndicator ? 1 : 0);
    }

    /// <summary>A feature for each category, 1 where the cell is it and else 0. Other texts are all zeros.</summary>
    /// <param name="Categories">In the order of their features.</param>
    /// <param name="HasMissing">Whether being missing is a feature, the last one.</param>
    public sealed record Category(string Column, IReadOnlyList<string> MissingCells, IReadOnlyList<string> Categories, bool HasMissing)
        : ModelInput(Column, MissingCells)
    {
        [JsonIgnore]
        public override int Width => Categories.Count + (HasMissing ? 1 : 0);
    }

    /// <summary>A feature for each bucket, 1 where XxHash3 (64 bits, seed 0) of the cell's UTF-8 bytes, modulo the buckets, is it.</summary>
    /// <param name="Buckets">Number of buckets, ≥ 1.</param>
    /// <param name="HasMissing">Whether being missing is a feature, the last one.</param>
    public sealed record Hashed(string Column, IReadOnlyList<string> MissingCells, int Buckets, bool HasMissing) : ModelInput(Column, MissingCells)
    {
        [JsonIgnore]
        public override int Width => Buckets + (HasMissing ? 1 : 0);
    }
}
