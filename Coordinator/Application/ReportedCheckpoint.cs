namespace CloudSweep.Coordinator.Application;

/// <summary>A checkpoint as a Worker names it.</summary>
internal sealed record ReportedCheckpoint(string Name, long Position, long SizeBytes);
