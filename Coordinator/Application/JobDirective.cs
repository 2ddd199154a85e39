namespace CloudSweep.Coordinator.Application;

/// <summary>What a Worker should do with the job that it holds.</summary>
internal enum JobDirective
{
    Continue,
    Cancel,
    Pause,
}
