using System.Collections.Frozen;
using Grpc.Core;
using Polly;
using Polly.Retry;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Which answers are worth another try, call by call: the lists of Google's own clients (pubsub_grpc_service_config.json).</summary>
internal sealed class PubSubRetries(TimeProvider timeProvider)
{
    /// <summary>Tries of one call, the first included.</summary>
    public const int Attempts = 5;

    /// <summary>Publishing. A try whose answer got lost may have been heard, which sends the notification twice and does no harm.</summary>
    public ResiliencePipeline Publish { get; } = Create(
        timeProvider,
        StatusCode.Aborted, StatusCode.Cancelled, StatusCode.Internal, StatusCode.ResourceExhausted, StatusCode.Unknown, StatusCode.Unavailable, StatusCode.DeadlineExceeded);

    public ResiliencePipeline Pull { get; } = Create(timeProvider, StatusCode.Unknown, StatusCode.Aborted, StatusCode.Unavailable, StatusCode.Internal);

    /// <summary>Looking something up, and creating a subscription.</summary>
    public ResiliencePipeline Look { get; } = Create(timeProvider, StatusCode.Unknown, StatusCode.Aborted, StatusCode.Unavailable);

    /// <summary>Acknowledging, releasing, and creating a topic.</summary>
    public ResiliencePipeline Change { get; } = Create(timeProvider, StatusCode.Unavailable);

    private static ResiliencePipeline Create(TimeProvider timeProvider, params StatusCode[] codes)
    {
        var worthIt = codes.ToFrozenSet();
        return new ResiliencePipelineBuilder { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(5),
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is RpcException { StatusCode: var status } && worthIt.Contains(status)),
            })
            .Build();
    }
}
