using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>Tells the log that the Coordinator does not accept this Worker, twice a minute at most: every call is refused until someone acts.</summary>
internal sealed partial class RefusalLog(TimeProvider timeProvider, ILogger<RefusalLog> logger) : Interceptor
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private long? _toldAt;

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(request, context);
        return new AsyncUnaryCall<TResponse>(WatchAsync(call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    private async Task<T> WatchAsync<T>(Task<T> response)
    {
        try
        {
            return await response;
        }
        catch (RpcException exception) when (CallPolicies.IsRefusal(exception.StatusCode))
        {
            if (IsDue())
            {
                LogRefused(exception.StatusCode, exception.Status.Detail);
            }

            throw;
        }
    }

    private bool IsDue()
    {
        lock (_gate)
        {
            if (_toldAt is { } before && timeProvider.GetElapsedTime(before) < Pause)
            {
                return false;
            }

            _toldAt = timeProvider.GetTimestamp();
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The Coordinator refuses this Worker ({Status}): {Reason} The Worker keeps trying; give it a token with the role worker by Worker:TokenFile, or Worker:OidcAudience")]
    private partial void LogRefused(StatusCode status, string reason);
}
