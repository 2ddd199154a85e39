using CloudSweep.Worker.Execution.Coordination;

namespace CloudSweep.Worker.Execution;

/// <summary>How an attempt ended, which decides the last call about it.</summary>
internal abstract record AttemptEnd
{
    private AttemptEnd()
    {
    }

    /// <summary>The job has no open trial or shard left.</summary>
    public sealed record Finished : AttemptEnd;

    public sealed record Failed(AttemptFailure Failure) : AttemptEnd;

    /// <summary>Another attempt goes on from the last checkpoint.</summary>
    public sealed record Released(string Reason) : AttemptEnd;

    /// <summary>The job is another Worker's; nothing more is said about it.</summary>
    public sealed record LeaseLost : AttemptEnd;
}
