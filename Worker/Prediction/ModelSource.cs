using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Prediction;

/// <summary>Where a model comes from.</summary>
/// <param name="Sweep">Id of the sweep.</param>
/// <param name="Trial">Number of the trial.</param>
/// <param name="Parameters">What the trial tried.</param>
/// <param name="Step">Optimizer steps after which it had its weights.</param>
/// <param name="Numerics">Version and kernel path that trained it.</param>
/// <param name="Metrics">Of its score.</param>
/// <param name="TestMetrics">Of <c>data.test</c>; empty without it.</param>
public sealed record ModelSource(
    string Sweep, int Trial, TrialParameters Parameters, long Step, string Numerics, IReadOnlyList<Metric> Metrics, IReadOnlyList<Metric> TestMetrics);
