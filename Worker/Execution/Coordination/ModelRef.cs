namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>The stored weights that a trial ended with.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Name">Name in the checkpoint store: <c>SWEEP/JOB/TOKEN-trial-NUMBER</c>.</param>
/// <param name="Step">Optimizer steps after which it had them.</param>
/// <param name="SizeBytes">Stored size.</param>
internal sealed record ModelRef(int Trial, string Name, long Step, long SizeBytes);
