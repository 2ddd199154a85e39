using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>How the learning rate changes over a trial. Conventions are PyTorch's (shared/TRAINING.md §4).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Constant), "constant")]
[JsonDerivedType(typeof(Step), "step")]
[JsonDerivedType(typeof(Cosine), "cosine")]
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
        Cosine => "cosine",
        _ => throw new InvalidOperationException("An unknown kind."),
    };

    /// <summary>The initial rate at every step.</summary>
    public sealed record Constant : ScheduleSettings;

    /// <summary>StepLR: multiplied by <paramref name="Gamma"/> after every <paramref name="EveryEpochs"/> epochs.</summary>
    /// <param name="EveryEpochs">Epochs between two drops, ≥ 1.</param>
    /// <param name="Gamma">Factor of each drop, in (0, 1]. Default 0.1.</param>
    public sealed record Step(int EveryEpochs, double Gamma = 0.1) : ScheduleSettings;

    /// <summary>CosineAnnealingLR with T_max = total steps (Loshchilov &amp; Hutter 2017), per step.</summary>
    /// <param name="MinimumRate">Rate that the last step approaches, ≥ 0. Default 0.</param>
    public sealed record Cosine(double MinimumRate = 0) : ScheduleSettings;
}
