using CloudSweep.Worker.Execution.Coordination;

namespace CloudSweep.Worker.Execution;

/// <summary>Why a job is given back, in words for people.</summary>
internal static class StopReasons
{
    public const string ShuttingDown = "shutting down";
    public const string Paused = "paused";

    /// <summary>A pause when that was asked for; else only a shut-down gives a job back.</summary>
    public static AttemptEnd.Released Released(JobDirective directive) => new(directive == JobDirective.Pause ? Paused : ShuttingDown);
}
