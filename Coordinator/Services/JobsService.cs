using CloudSweep.Coordinator.Security;
using CloudSweep.Protos.V1;
using Grpc.Core;
using AcquireJob = CloudSweep.Coordinator.Application.AcquireJob;
using FinishJob = CloudSweep.Coordinator.Application.FinishJob;
using ReleaseJob = CloudSweep.Coordinator.Application.ReleaseJob;
using ReportProgress = CloudSweep.Coordinator.Application.ReportProgress;

namespace CloudSweep.Coordinator.Services;

/// <summary>What Workers ask: maps between the wire and the application layer, and decides nothing.</summary>
internal sealed class JobsService(AcquireJob acquire, ReportProgress report, FinishJob finish, ReleaseJob release) : Jobs.JobsBase
{
    [RequiresRole(CallerRole.Worker)]
    public override async Task<AcquireJobResponse> AcquireJob(AcquireJobRequest request, ServerCallContext context) =>
        (await acquire.RunAsync(request.ToOffer(), context.CancellationToken)).ToProto();

    [RequiresRole(CallerRole.Worker)]
    public override async Task<ReportProgressResponse> ReportProgress(ReportProgressRequest request, ServerCallContext context) =>
        (await report.RunAsync(request.ToReport(), context.CancellationToken)).ToProto();

    [RequiresRole(CallerRole.Worker)]
    public override async Task<FinishJobResponse> FinishJob(FinishJobRequest request, ServerCallContext context)
    {
        var failure = request.Failure is null ? null : new Application.AttemptFailure(RequestRules.Shorten(request.Failure.Message), request.Failure.Permanent, request.Failure.DataChanged);
        var next = await finish.RunAsync(request.Lease.ToClaim(), request.Counters.ToCounters(), failure, request.Next?.ToOffer(), context.CancellationToken);
        return new FinishJobResponse { Next = next?.ToProto() };
    }

    [RequiresRole(CallerRole.Worker)]
    public override async Task<ReleaseJobResponse> ReleaseJob(ReleaseJobRequest request, ServerCallContext context)
    {
        await release.RunAsync(request.Lease.ToClaim(), request.Counters.ToCounters(), context.CancellationToken);
        return new ReleaseJobResponse();
    }
}
