namespace CloudSweep.Core.Domain;

/// <summary>One optimizer of a sweep, with rates of its own where it has any.</summary>
/// <param name="Settings">The optimizer and its constants.</param>
/// <param name="LearningRate">Rates for this optimizer; null takes the sweep's.</param>
public sealed record OptimizerChoice(OptimizerSettings Settings, LearningRateGrid? LearningRate);
