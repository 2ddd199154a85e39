namespace CloudSweep.Core.Domain;

/// <summary>One metric value.</summary>
/// <param name="Name">See <see cref="MetricNames"/>.</param>
/// <param name="Value">Natural sign; may be NaN or infinite.</param>
/// <param name="StandardError">Over the evaluated rows, ≥ 0; NaN when unknown.</param>
public readonly record struct Metric(string Name, double Value, double StandardError);
