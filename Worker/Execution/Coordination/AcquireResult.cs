namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>What the Coordinator answers to a Worker that asks for a job.</summary>
internal abstract record AcquireResult
{
    private AcquireResult()
    {
    }

    public sealed record Granted(Grant Grant) : AcquireResult;

    /// <summary>No job is eligible now; ask again after <paramref name="RetryAfter"/> unless a notification comes first.</summary>
    public sealed record NothingForYou(TimeSpan RetryAfter) : AcquireResult;

    /// <summary>A job was granted in words that this version can't read; it has to be given back as failed.</summary>
    public sealed record Unreadable(LeaseKey Lease, Exception Reason) : AcquireResult;
}
