using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>A model to train. Models with the same settings are equal. Losses are means over the batch, as PyTorch has them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Linear), "linear")]
[JsonDerivedType(typeof(Logistic), "logistic")]
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
        Linear => "linear",
        Logistic => "logistic",
        Softmax => "softmax",
        Mlp => "mlp",
        _ => throw new InvalidOperationException("An unknown kind."),
    };

    /// <summary>What the model predicts.</summary>
    [JsonIgnore]
    public LearningTask Learns => this switch
    {
        Linear => LearningTask.Regression,
        Mlp mlp => mlp.Task,
        _ => LearningTask.Classification,
    };

    /// <summary>Outputs of the last layer.</summary>
    /// <param name="classes">Classes of the data; ignored by models that have one output.</param>
    public int Outputs(int classes) => this is Logistic || Learns == LearningTask.Regression ? 1 : classes;

    /// <summary>Linear regression: one linear layer and the squared error (MSE without ½).</summary>
    public sealed record Linear : ModelSpec;

    /// <summary>Logistic regression of exactly two classes: one output, binary cross-entropy with logits; the second class of the profile is the positive one.</summary>
    public sealed record Logistic : ModelSpec;

    /// <summary>Multinomial logistic regression: one linear layer and cross-entropy.</summary>
    public sealed record Softmax : ModelSpec;

    /// <summary>Fully connected layers with an activation between them and a linear output layer; cross-entropy for classes, squared error for numbers.</summary>
    /// <param name="Hidden">Units of each hidden layer, first to last; at least one layer, each ≥ 1.</param>
    /// <param name="Activation">Non-linearity after each hidden layer.</param>
    /// <param name="Task">Classes or a number. Default: classes.</param>
    public sealed record Mlp(IReadOnlyList<int> Hidden, Activation Activation, LearningTask Task = LearningTask.Classification) : ModelSpec
    {
        public bool Equals(Mlp? other) => other is not null && (Activation, Task) == (other.Activation, other.Task) && Hidden.SequenceEqual(other.Hidden);

        public override int GetHashCode() => Hidden.Aggregate(HashCode.Combine(Activation, Task), HashCode.Combine);
    }
}
