namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>A stored checkpoint of a job.</summary>
/// <param name="Name">Name in the checkpoint store: <c>SWEEP/JOB/TOKEN-STEP</c>.</param>
/// <param name="Step">Completed optimizer steps.</param>
/// <param name="SizeBytes">Stored size.</param>
internal sealed record CheckpointRef(string Name, long Step, long SizeBytes);
