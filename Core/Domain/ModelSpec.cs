using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>A model to train. Models with the same settings are equal.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Softmax), "softmax")]
[JsonDerivedType(typeof(Mlp), "mlp")]
public abstract record ModelSpec
{
    private ModelSpec()
    {
    }

    /// <summary>Name in the sweep file.</summary>
    [JsonIgnore]
    public string Kind => this switch
    {
        Softmax => "softmax",
        Mlp => "mlp",
        _ => throw new InvalidOperationException("An unknown kind."),
    };

    /// <summary>Multinomial logistic regression: one linear layer and cross-entropy.</summary>
    public sealed record Softmax : ModelSpec;

    /// <summary>Fully connected layers with an activation between them, a linear output layer and cross-entropy.</summary>
    /// <param name="Hidden">Units of each hidden layer, first to last; at least one layer, each ≥ 1.</param>
    /// <param name="Activation">Non-linearity after each hidden layer.</param>
    public sealed record Mlp(IReadOnlyList<int> Hidden, Activation Activation) : ModelSpec
    {
        public bool Equals(Mlp? other) => other is not null && Activation == other.Activation && Hidden.SequenceEqual(other.Hidden);

        public override int GetHashCode() => Hidden.Aggregate((int)Activation, HashCode.Combine);
    }
}
