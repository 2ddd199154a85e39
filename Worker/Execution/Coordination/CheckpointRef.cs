namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>A stored checkpoint of a job.</summary>
/// <param name="Name">Name in the checkpoint store: <c>SWEEP/JOB/TOKEN-POSITION</c>.</param>
/// <param name="Position">Training rows that every open trial had read, over all epochs.</param>
/// <param name="SizeBytes">Stored size.</param>
internal sealed record CheckpointRef(string Name, long Position, long SizeBytes);
