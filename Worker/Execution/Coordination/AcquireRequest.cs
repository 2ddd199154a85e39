namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>One wish for a job. Repeating it returns the same grant while that is held.</summary>
/// <param name="RequestId">1 to 128 characters, unique per wish.</param>
/// <param name="Hint">Job of the notification that led here; empty when none did.</param>
internal sealed record AcquireRequest(string RequestId, string Hint)
{
    public static AcquireRequest Create() => new(Guid.NewGuid().ToString("N"), "");
}
