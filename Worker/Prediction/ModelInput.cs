using System.Text.Json.Serialization;

namespace CloudSweep.Worker.Prediction;

/// <summary>One column that a model sees, and which model features it becomes. The features of all inputs follow one another in order.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Number), "numeric")]
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
    public sealed record Number(string Column, IReadOnlyList<string> MissingCells, double Offset, double Divisor, double? Clip) : ModelInput(Column, MissingCells)
    {
        [JsonIgnore]
        public override int Width => 1;
    }
}
