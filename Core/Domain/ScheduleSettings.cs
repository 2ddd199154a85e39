using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>
/// How the learning rate changes over a trial: r is the trial's rate, t counts its steps from 0, T is their number.
/// Conventions are PyTorch's (shared/TRAINING.md §4), each named with its scheduler there.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Constant), "constant")]
[JsonDerivedType(typeof(Step), "step")]
[JsonDerivedType(typeof(Exponential), "exponential")]
[JsonDerivedType(typeof(Polynomial), "polynomial")]
[JsonDerivedType(typeof(Cosine), "cosine")]
[JsonDerivedType(typeof(WarmupCosine), "warmupCosine")]
[JsonDerivedType(typeof(OneCycle), "oneCycle")]
public abstract record ScheduleSettings
{
    private ScheduleSettings()
    {
    }

    /// <summary>Name in the sweep file, e.g. <c>cosine</c>.</summary>
    [JsonIgnore]
    public string Kind => this switch
    {
        Constant => "constant",
        Step => "step",
        Exponential => "exponential",
        Polynomial => "polynomial",
        Cosine => "cosine",
        WarmupCosine => "warmupCosine",
        OneCycle => "oneCycle",
        _ => throw new InvalidOperationException("An unknown kind."),
    };

    /// <summary>The initial rate at every step.</summary>
    public sealed record Constant : ScheduleSettings;

    /// <summary>StepLR: multiplied by <paramref name="Gamma"/> after every <paramref name="EveryEpochs"/> epochs.</summary>
    /// <param name="EveryEpochs">Epochs between two drops, ≥ 1.</param>
    /// <param name="Gamma">Factor of each drop, in (0, 1]. Default 0.1.</param>
    public sealed record Step(int EveryEpochs, double Gamma = 0.1) : ScheduleSettings;

    /// <summary>ExponentialLR: multiplied by <paramref name="Gamma"/> after every epoch.</summary>
    /// <param name="Gamma">Factor of an epoch, in (0, 1].</param>
    public sealed record Exponential(double Gamma) : ScheduleSettings;

    /// <summary>PolynomialLR with total_iters = T, per step: r·(1 − t/T)ᵖ.</summary>
    /// <param name="Power">p in (0, 100]; 1 is a straight line to 0. Default 1.</param>
    public sealed record Polynomial(double Power = 1) : ScheduleSettings;

    /// <summary>CosineAnnealingLR with T_max = total steps (Loshchilov &amp; Hutter 2017), per step.</summary>
    /// <param name="MinimumRate">Rate that the last step approaches, ≥ 0. Default 0.</param>
    public sealed record Cosine(double MinimumRate = 0) : ScheduleSettings;

    /// <summary>
    /// SequentialLR of LinearLR over the first W steps and CosineAnnealingLR with T_max = T − W over the others, per step
    /// (Goyal et al. 2017; Loshchilov &amp; Hutter 2017).
    /// </summary>
    /// <param name="WarmupFraction">W/T in [0, 1); W is rounded to whole steps. Default 0.1.</param>
    /// <param name="StartFactor">Rate of the first step as a share of r, in [0, 1]. Default 0.01, as in torchvision's reference training.</param>
    /// <param name="MinimumRate">Rate that the last step approaches, ≥ 0. Default 0.</param>
    public sealed record WarmupCosine(double WarmupFraction = 0.1, double StartFactor = 0.01, double MinimumRate = 0) : ScheduleSettings;

    /// <summary>
    /// OneCycleLR with max_lr = r and total_steps = T, in two phases of cosine shape, momentum left alone (Smith &amp; Topin 2018).
    /// The rate of the trial is the highest of the cycle.
    /// </summary>
    /// <param name="WarmupFraction">Share of the steps on which the rate rises (pct_start), in [0, 1). Default 0.3.</param>
    /// <param name="DivFactor">The first rate is r over this, ≥ 1. Default 25.</param>
    /// <param name="FinalDivFactor">The last rate is the first over this, ≥ 1. Default 1e4.</param>
    public sealed record OneCycle(double WarmupFraction = 0.3, double DivFactor = 25, double FinalDivFactor = 1e4) : ScheduleSettings;
}
