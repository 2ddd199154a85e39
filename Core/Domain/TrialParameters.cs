namespace CloudSweep.Core.Domain;

/// <summary>What distinguishes one trial of a sweep from the others.</summary>
/// <param name="LearningRate">Initial rate, finite, &gt; 0.</param>
/// <param name="Optimizer">Optimizer and constants.</param>
/// <param name="Schedule">How the rate changes.</param>
/// <param name="Repeat">0-based; selects initial weights and data order.</param>
/// <param name="RateIndex">0-based position of the rate in its ascending grid.</param>
public sealed record TrialParameters(double LearningRate, OptimizerSettings Optimizer, ScheduleSettings Schedule, int Repeat, int RateIndex);
