using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Cli.Tests.Remote;

/// <summary>A Coordinator that answers one watch after the other as it was told: with progress, then a status; OK ends the stream.</summary>
internal sealed class ScriptedSweeps(params IEnumerable<(SweepProgress[] Progress, StatusCode End)> watches) : Sweeps.SweepsClient
{
    private readonly Queue<(SweepProgress[] Progress, StatusCode End)> _watches = new(watches);

    public override AsyncServerStreamingCall<SweepProgress> WatchSweep(WatchSweepRequest request, CallOptions options)
    {
        var (progress, end) = _watches.Dequeue();
        return new AsyncServerStreamingCall<SweepProgress>(new Reader(progress, end), Task.FromResult(Metadata.Empty), () => Status.DefaultSuccess, () => [], () => { });
    }

    public override AsyncServerStreamingCall<SweepProgress> WatchSweep(
        WatchSweepRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
        WatchSweep(request, new CallOptions(headers, deadline, cancellationToken));

    private sealed class Reader(SweepProgress[] progress, StatusCode end) : IAsyncStreamReader<SweepProgress>
    {
        private int _next = -1;

        public SweepProgress Current => progress[_next];

        public Task<bool> MoveNext(CancellationToken cancellationToken) =>
            ++_next < progress.Length ? Task.FromResult(true)
            : end == StatusCode.OK ? Task.FromResult(false)
            : Task.FromException<bool>(new RpcException(new Status(end, "scripted")));
    }
}
