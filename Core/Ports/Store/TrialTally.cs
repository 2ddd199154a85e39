using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports.Store;

/// <summary>Trials of a sweep that are in one state and have as many steps to do.</summary>
/// <param name="State">Their state.</param>
/// <param name="Training">How long and in which pieces they train.</param>
/// <param name="RampSteps">Most steps of ramps; null for other trials.</param>
/// <param name="Trials">How many they are, ≥ 1.</param>
/// <param name="Steps">Steps that they have done, summed up.</param>
public sealed record TrialTally(TrialState State, TrainingSpec Training, int? RampSteps, int Trials, long Steps);
