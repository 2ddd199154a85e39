using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>A sweep file, validated and with every default filled in.</summary>
/// <param name="Version">Version of the file format; 1.</param>
/// <param name="Name">Lower-case letters, digits and hyphens, 1 to 63 characters.</param>
/// <param name="Objective">What trials are ranked by.</param>
/// <param name="Data">What they train on.</param>
/// <param name="Model">What they train; with <c>vary</c>, the first of its variants.</param>
/// <param name="Training">How long and in which pieces; with <c>vary</c>, the first of its variants.</param>
/// <param name="LearningRate">Rates for every optimizer without its own.</param>
/// <param name="Optimizers">At least one, distinct.</param>
/// <param name="Schedules">At least one, distinct.</param>
/// <param name="Repeats">Trials per configuration, differing in seeds, ≥ 1. Default 1.</param>
/// <param name="Execution">How Workers are used.</param>
public sealed record SweepSpec(
    int Version,
    string Name,
    Objective Objective,
    DataSpec Data,
    ModelSpec Model,
    TrainingSpec Training,
    LearningRateGrid LearningRate,
    IReadOnlyList<OptimizerChoice> Optimizers,
    IReadOnlyList<ScheduleSettings> Schedules,
    int Repeats,
    ExecutionSpec Execution)
{
    /// <summary>The keys under <c>vary</c>, such as <c>training.batchSize</c>, in the order of the file.</summary>
    public IReadOnlyList<string> Varied { get; init; } = [];

    /// <summary>What <c>vary</c> trains beside <see cref="Model"/> and <see cref="Training"/>, distinct. Varied constants are in <see cref="Optimizers"/>.</summary>
    public IReadOnlyList<SweepVariant> OtherVariants { get; init; } = [];

    /// <summary>Null = every trial runs to its end or diverges. Absent in the text then, so that files without it keep theirs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PruningSpec? Pruning { get; init; }

    /// <summary>All variants of model and training, at least one; the last key of <c>vary</c> changes first.</summary>
    public IReadOnlyList<SweepVariant> Variants() => [new SweepVariant(Model, Training), .. OtherVariants];
}
