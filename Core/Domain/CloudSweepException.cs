namespace CloudSweep.Core.Domain;

/// <summary>A failure with a message that is safe to show to anyone who may use the sweep.</summary>
public abstract class CloudSweepException : Exception
{
    protected CloudSweepException(string message)
        : base(message)
    {
    }

    protected CloudSweepException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
