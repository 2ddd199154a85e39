namespace CloudSweep.Core.Domain;

/// <summary>One configuration to evaluate.</summary>
/// <param name="Number">1, 2, … within the sweep.</param>
/// <param name="Parameters">What it tries.</param>
public sealed record Trial(int Number, TrialParameters Parameters);
