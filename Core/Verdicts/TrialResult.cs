using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Verdicts;

/// <summary>What is stored of one trial.</summary>
public sealed record TrialResult(Trial Trial, TrialState State, string Reason, long Step, IReadOnlyList<Measurement> Measurements);
