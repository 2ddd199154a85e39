namespace CloudSweep.Core.Domain;

/// <summary>How a sweep uses Workers. None of this changes a number in the results.</summary>
/// <param name="Parallelism">Jobs in Workers' hands at once, ≥ 1; null = as many as Workers have slots.</param>
/// <param name="TrialsPerJob">Most trials that share one pass, ≥ 1; null = chosen by the planner.</param>
/// <param name="MaxAttempts">Consecutive attempts at a job without progress before its trials fail, ≥ 1. Default 5.</param>
/// <param name="Kernel">Kernel path: auto, portable, avx2 or avx512.</param>
public sealed record ExecutionSpec(int? Parallelism, int? TrialsPerJob, int MaxAttempts, string Kernel);
