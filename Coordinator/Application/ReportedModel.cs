namespace CloudSweep.Coordinator.Application;

/// <summary>The weights that a trial ended with, as a Worker names them.</summary>
internal sealed record ReportedModel(int Trial, string Name, long Step, long SizeBytes);
