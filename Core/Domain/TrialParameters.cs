using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>Everything that decides the numbers of a trial, beside the data: a Worker needs nothing else.</summary>
/// <param name="LearningRate">Initial rate, finite, &gt; 0; of a ramp the highest.</param>
/// <param name="Optimizer">Optimizer and constants.</param>
/// <param name="Schedule">How the rate changes.</param>
/// <param name="Repeat">0-based; selects initial weights and data order.</param>
/// <param name="RateIndex">0-based position of the rate among the ascending rates of its round: of its grid, or of those added with it.</param>
/// <param name="Model">What it trains.</param>
/// <param name="Training">How long, in which pieces, and from which seed.</param>
public sealed record TrialParameters(
    double LearningRate,
    OptimizerSettings Optimizer,
    ScheduleSettings Schedule,
    int Repeat,
    int RateIndex,
    ModelSpec Model,
    TrainingSpec Training)
{
    /// <summary>Null for all but the ramps of a range test. Absent in the text then, so that trials of today keep theirs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Ramp? Ramp { get; init; }
}
