using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>The model of a trial, as it is stored.</summary>
/// <param name="Sweep">The trial's sweep.</param>
/// <param name="Trial">The trial with its score.</param>
/// <param name="Weights">Where its weights are.</param>
internal sealed record StoredModel(SweepRecord Sweep, ScoredTrial Trial, CheckpointRecord Weights);
