using Grpc.Core;
using Polly;
using Polly.Retry;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>Which calls are repeated. Every call of the Jobs service may be.</summary>
internal static class CallPolicies
{
    private const int PatientRetries = 4;

    // A connection that breaks in the middle of an answer, and a bug, look the same from here.
    private const int DoubtfulRetries = 4;

    /// <summary>A few tries, for a caller that has another way to go on.</summary>
    public static ResiliencePipeline Few(TimeProvider timeProvider) => Create(timeProvider, PatientRetries, TimeSpan.FromSeconds(2), IsTransient);

    /// <summary>Tries until the caller cancels, for what must not be lost.</summary>
    public static ResiliencePipeline Endless(TimeProvider timeProvider) => Create(timeProvider, int.MaxValue, TimeSpan.FromSeconds(10), status => IsTransient(status) || IsRefusal(status));

    /// <summary>The Coordinator may answer later.</summary>
    public static bool IsTransient(StatusCode status) =>
        status is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted or StatusCode.Aborted;

    /// <summary>The Coordinator does not accept the caller. A token may be replaced while the caller waits.</summary>
    public static bool IsRefusal(StatusCode status) => status is StatusCode.Unauthenticated or StatusCode.PermissionDenied;

    private static bool IsDoubtful(StatusCode status) => status is StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled;

    private static ResiliencePipeline Create(TimeProvider timeProvider, int retries, TimeSpan maxDelay, Predicate<StatusCode> isWorthATry) =>
        new ResiliencePipelineBuilder { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = maxDelay,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is RpcException { StatusCode: var status }
                    && (isWorthATry(status) || (IsDoubtful(status) && arguments.AttemptNumber < DoubtfulRetries))),
            })
            .Build();
}
