using Grpc.Core;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>What a status means for the person who runs this.</summary>
internal static class PubSubErrors
{
    /// <param name="exception">The answer.</param>
    /// <param name="deed">What was tried: "publish to".</param>
    /// <param name="resource">Full name of the topic or subscription.</param>
    /// <param name="address">Of the service.</param>
    public static PubSubException Explain(RpcException exception, string deed, string resource, Uri address)
    {
        var isTransient = IsTransient(exception.StatusCode);
        var wayOut = exception.StatusCode switch
        {
            StatusCode.NotFound => "It, or its topic, does not exist: run 'cloudsweep doctor --fix' to create what is missing, or set PubSub:Project, PubSub:Topic and PubSub:Subscription to what exists.",
            StatusCode.PermissionDenied => "The account of this process needs roles/pubsub.publisher on the topic (Coordinator) or roles/pubsub.subscriber on the subscription (Worker); 'cloudsweep doctor' tells which is missing.",
            StatusCode.Unauthenticated => "Google did not accept the credentials of this process; 'cloudsweep doctor' tells which they are.",
            StatusCode.FailedPrecondition => "'cloudsweep doctor' tells what is wrong with it.",
            _ when isTransient => "It is tried again; if this goes on, see whether the service can be reached from this host.",
            _ => "This is not expected; please report it.",
        };
        return new PubSubException($"Could not {deed} {resource} at {address.Authority}: {exception.StatusCode}, {exception.Status.Detail.TrimEnd('.')}. {wayOut}", isTransient, exception);
    }

    private static bool IsTransient(StatusCode status) => status is
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted or StatusCode.Aborted or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled;
}
