namespace CloudSweep.Core.Domain;

/// <summary>How a trial ended.</summary>
/// <param name="Trial">Trial number.</param>
/// <param name="State">A final state.</param>
/// <param name="Step">Completed optimizer steps.</param>
/// <param name="Reason">For people; empty for Completed.</param>
public sealed record TrialOutcome(int Trial, TrialState State, long Step, string Reason);
