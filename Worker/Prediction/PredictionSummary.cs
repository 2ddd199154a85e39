using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Prediction;

/// <summary>What was predicted.</summary>
/// <param name="Rows">Rows predicted, ≥ 1.</param>
/// <param name="LabelledRows">Rows with a label.</param>
/// <param name="Metrics">Over the rows with a label; empty without any.</param>
public sealed record PredictionSummary(long Rows, long LabelledRows, IReadOnlyList<Metric> Metrics);
