namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Another time with a clock on the wall that somebody can set; elapsed time is not affected.</summary>
internal sealed class JumpingTime(TimeProvider time) : TimeProvider
{
    public TimeSpan Jump { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Jump;

    public override long GetTimestamp() => time.GetTimestamp();
}
