using CloudSweep.Core.Domain;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>A call of Pub/Sub failed. The message names the topic or subscription, the answer and the way out; nothing secret.</summary>
/// <param name="message">Safe to show.</param>
/// <param name="isTransient">Trying again later may help.</param>
/// <param name="inner">What led to it.</param>
public sealed class PubSubException(string message, bool isTransient, Exception? inner = null) : CloudSweepException(message, inner)
{
    /// <summary>Trying again later may help: the service was busy or unreachable, not refusing.</summary>
    public bool IsTransient { get; } = isTransient;
}
