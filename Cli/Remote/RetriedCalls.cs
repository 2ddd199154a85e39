using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CloudSweep.Cli.Remote;

/// <summary>Repeats a call that found nobody: all calls of people may be repeated. Streams are left to those who read them.</summary>
/// <param name="time">Waits between attempts.</param>
/// <param name="waiting">Told once a call, before its first wait.</param>
internal sealed class RetriedCalls(TimeProvider time, Action waiting) : Interceptor
{
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var current = continuation(request, context);
        return new AsyncUnaryCall<TResponse>(
            RepeatAsync(),
            Task.FromResult(Metadata.Empty),
            () => current.GetStatus(),
            () => current.GetTrailers(),
            () => current.Dispose());

        async Task<TResponse> RepeatAsync()
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    return await current.ResponseAsync;
                }
                catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable && attempt < Waits.Length)
                {
                    if (attempt == 0)
                    {
                        waiting();
                    }

                    await Task.Delay(Waits[attempt], time, context.Options.CancellationToken);
                    current.Dispose();
                    current = continuation(request, context);
                }
            }
        }
    }
}
