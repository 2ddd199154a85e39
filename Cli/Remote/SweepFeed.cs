using System.Runtime.CompilerServices;
using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Cli.Remote;

/// <summary>Follows a sweep for as long as it takes: when the Coordinator goes away, it is asked again until it is back.</summary>
/// <param name="address">Of the Coordinator, for people.</param>
/// <param name="say">Tells people that it went away and that it is back.</param>
internal sealed class SweepFeed(Sweeps.SweepsClient sweeps, string address, TimeProvider time, Action<string> say)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>Where the sweep stands, now and after changes, until it is final or paused.</summary>
    public async IAsyncEnumerable<SweepProgress> FollowAsync(string sweep, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wait = TimeSpan.Zero;
        while (true)
        {
            using var call = sweeps.WatchSweep(new WatchSweepRequest { Sweep = sweep }, cancellationToken: cancellationToken);
            while (await NextAsync(call.ResponseStream, cancellationToken) is { } progress)
            {
                if (wait > TimeSpan.Zero)
                {
                    say($"The Coordinator at {address} answers again.");
                    wait = TimeSpan.Zero;
                }

                yield return progress;
                if (progress.State is not (SweepState.Preparing or SweepState.Running))
                {
                    yield break;
                }
            }

            if (wait == TimeSpan.Zero)
            {
                say($"The Coordinator at {address} does not answer; asking again until it does. Ctrl-C ends this, not the sweep.");
            }

            wait = wait == TimeSpan.Zero ? FirstWait : TimeSpan.FromTicks(Math.Min(2 * wait.Ticks, LongestWait.Ticks));
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Null when the stream broke.</summary>
    private static async Task<SweepProgress?> NextAsync(IAsyncStreamReader<SweepProgress> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNext(cancellationToken) ? stream.Current : null;
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested && IsBreak(exception))
        {
            return null;
        }
    }

    // A connection that is torn down by a dying Coordinator is CANCELLED or INTERNAL to gRPC.
    private static bool IsBreak(RpcException exception) => exception.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled
        || (exception.StatusCode == StatusCode.Internal && exception.Status.DebugException is IOException or HttpRequestException);
}
