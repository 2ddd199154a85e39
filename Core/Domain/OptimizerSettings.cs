using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>An optimizer with all its constants but the learning rate. Conventions are PyTorch's (shared/TRAINING.md §4).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Sgd), "sgd")]
[JsonDerivedType(typeof(AdaGrad), "adagrad")]
[JsonDerivedType(typeof(RmsProp), "rmsprop")]
[JsonDerivedType(typeof(Adam), "adam")]
public abstract record OptimizerSettings
{
    private OptimizerSettings()
    {
    }

    /// <summary>Name in the sweep file, e.g. <c>rmsprop</c>.</summary>
    [JsonIgnore]
    public string Kind => this switch
    {
        Sgd => "sgd",
        AdaGrad => "adagrad",
        RmsProp => "rmsprop",
        Adam => "adam",
        _ => throw new InvalidOperationException("An unknown kind."),
    };

    /// <summary>w −= lr·g (Robbins &amp; Monro 1951). With <c>batchSize: all</c> this is plain gradient descent.</summary>
    public sealed record Sgd : OptimizerSettings;

    /// <summary>s += g²; w −= lr·g / (√s + ε) (Duchi et al. 2011). s starts at 0.</summary>
    /// <param name="Epsilon">ε ≥ 0, outside the root. Default 1e-10.</param>
    public sealed record AdaGrad(double Epsilon = 1e-10) : OptimizerSettings;

    /// <summary>s = α·s + (1 − α)·g²; w −= lr·g / (√s + ε) (Tieleman &amp; Hinton 2012).</summary>
    /// <param name="Alpha">α in [0, 1). Default 0.99.</param>
    /// <param name="Epsilon">ε ≥ 0, outside the root. Default 1e-8.</param>
    public sealed record RmsProp(double Alpha = 0.99, double Epsilon = 1e-8) : OptimizerSettings;

    /// <summary>m, v by β₁, β₂; w −= lr/(1 − β₁ᵗ)·m / (√v/√(1 − β₂ᵗ) + ε) (Kingma &amp; Ba 2015).</summary>
    /// <param name="Beta1">β₁ in [0, 1). Default 0.9.</param>
    /// <param name="Beta2">β₂ in [0, 1). Default 0.999.</param>
    /// <param name="Epsilon">ε ≥ 0, outside the root. Default 1e-8.</param>
    public sealed record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : OptimizerSettings;
}
