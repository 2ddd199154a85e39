using Grpc.Core;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

/// <summary>A call that reached the service.</summary>
/// <param name="Method">"Publish".</param>
/// <param name="Request">What was sent.</param>
/// <param name="Headers">Sent with it.</param>
/// <param name="Deadline">UTC instant by which the answer is wanted.</param>
internal sealed record SentCall(string Method, object Request, Metadata Headers, DateTime? Deadline)
{
    public string? Header(string name) => Headers.GetValue(name);
}
