using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>
/// An optimizer with all its constants but the learning rate. Conventions are PyTorch's (shared/TRAINING.md §4):
/// λ is coupled weight decay, which adds λ·w to the gradient of every weight and bias; only <see cref="AdamW"/>'s is decoupled.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Sgd), "sgd")]
[JsonDerivedType(typeof(HeavyBall), "momentum")]
[JsonDerivedType(typeof(Nesterov), "nesterov")]
[JsonDerivedType(typeof(AdaGrad), "adagrad")]
[JsonDerivedType(typeof(RmsProp), "rmsprop")]
[JsonDerivedType(typeof(Adam), "adam")]
[JsonDerivedType(typeof(AdamW), "adamw")]
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
        HeavyBall => "momentum",
        Nesterov => "nesterov",
        AdaGrad => "adagrad",
        RmsProp => "rmsprop",
        Adam => "adam",
        AdamW => "adamw",
        _ => throw new InvalidOperationException("An unknown kind."),
    };

    /// <summary>The same optimizer with its default constants. A method, since a record prints its properties: this one would print itself for ever.</summary>
    public OptimizerSettings Usual() => this switch
    {
        Sgd => new Sgd(),
        HeavyBall => new HeavyBall(),
        Nesterov => new Nesterov(),
        AdaGrad => new AdaGrad(),
        RmsProp => new RmsProp(),
        Adam => new Adam(),
        AdamW => new AdamW(),
        _ => throw new InvalidOperationException("An unknown kind."),
    };

    /// <summary>w −= lr·g (Robbins &amp; Monro 1951). With <c>batchSize: all</c> this is plain gradient descent.</summary>
    /// <param name="WeightDecay">λ ≥ 0. Default 0.</param>
    public sealed record Sgd(double WeightDecay = 0) : OptimizerSettings;

    /// <summary>b = μ·b + (1 − τ)·g, first b = g; w −= lr·b (Polyak 1964).</summary>
    /// <param name="Momentum">μ in (0, 1). Default 0.9.</param>
    /// <param name="Dampening">τ in [0, 1). Default 0.</param>
    /// <param name="WeightDecay">λ ≥ 0. Default 0.</param>
    public sealed record HeavyBall(double Momentum = 0.9, double Dampening = 0, double WeightDecay = 0) : OptimizerSettings;

    /// <summary>b = μ·b + g; w −= lr·(g + μ·b) (Nesterov 1983, in the form of Sutskever et al. 2013 that PyTorch uses).</summary>
    /// <param name="Momentum">μ in (0, 1). Default 0.9.</param>
    /// <param name="WeightDecay">λ ≥ 0. Default 0.</param>
    public sealed record Nesterov(double Momentum = 0.9, double WeightDecay = 0) : OptimizerSettings;

    /// <summary>s += g²; w −= lr/(1 + (t − 1)·η)·g / (√s + ε), t from 1 (Duchi et al. 2011).</summary>
    /// <param name="Epsilon">ε ≥ 0, outside the root. Default 1e-10.</param>
    /// <param name="LrDecay">η ≥ 0. Default 0.</param>
    /// <param name="InitialAccumulator">s before the first step, ≥ 0. Default 0.</param>
    /// <param name="WeightDecay">λ ≥ 0. Default 0.</param>
    public sealed record AdaGrad(double Epsilon = 1e-10, double LrDecay = 0, double InitialAccumulator = 0, double WeightDecay = 0) : OptimizerSettings;

    /// <summary>
    /// s = α·s + (1 − α)·g²; d = g / (√s + ε); w −= lr·d (Tieleman &amp; Hinton 2012).
    /// With momentum b = μ·b + d; w −= lr·b. Centered takes s − a² for s under the root, where a = α·a + (1 − α)·g (Graves 2013).
    /// </summary>
    /// <param name="Alpha">α in [0, 1). Default 0.99.</param>
    /// <param name="Epsilon">ε ≥ 0, outside the root. Default 1e-8.</param>
    /// <param name="Momentum">μ in [0, 1). Default 0.</param>
    /// <param name="Centered">Whether the root is of the variance. Default false.</param>
    /// <param name="WeightDecay">λ ≥ 0. Default 0.</param>
    public sealed record RmsProp(double Alpha = 0.99, double Epsilon = 1e-8, double Momentum = 0, bool Centered = false, double WeightDecay = 0) : OptimizerSettings;

    /// <summary>m, v by β₁, β₂; w −= lr/(1 − β₁ᵗ)·m / (√v/√(1 − β₂ᵗ) + ε) (Kingma &amp; Ba 2015).</summary>
    /// <param name="Beta1">β₁ in [0, 1). Default 0.9.</param>
    /// <param name="Beta2">β₂ in [0, 1). Default 0.999.</param>
    /// <param name="Epsilon">ε ≥ 0, outside the root. Default 1e-8.</param>
    /// <param name="Amsgrad">Whether the largest v so far stands for v under the root (Reddi et al. 2018). Default false.</param>
    /// <param name="WeightDecay">λ ≥ 0. Default 0.</param>
    public sealed record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, bool Amsgrad = false, double WeightDecay = 0) : OptimizerSettings;

    /// <summary>w ×= 1 − lr·λ, then a step of <see cref="Adam"/> whose gradient knows nothing of λ (Loshchilov &amp; Hutter 2019).</summary>
    /// <param name="Beta1">β₁ in [0, 1). Default 0.9.</param>
    /// <param name="Beta2">β₂ in [0, 1). Default 0.999.</param>
    /// <param name="Epsilon">ε ≥ 0, outside the root. Default 1e-8.</param>
    /// <param name="Amsgrad">Whether the largest v so far stands for v under the root. Default false.</param>
    /// <param name="WeightDecay">λ ≥ 0. Default 0.01.</param>
    public sealed record AdamW(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, bool Amsgrad = false, double WeightDecay = 0.01) : OptimizerSettings;
}
