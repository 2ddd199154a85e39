using CloudSweep.Coordinator.Application;
using CloudSweep.Coordinator.Security;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Protos.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SubmitSweep = CloudSweep.Coordinator.Application.SubmitSweep;

namespace CloudSweep.Coordinator.Services;

/// <summary>What people ask: maps between the wire and the application layer, and decides nothing.</summary>
internal sealed class SweepsService(
    SubmitSweep submit,
    SweepReader reader,
    SweepWatch watch,
    CancelSweep cancel,
    StopSweep stop,
    PauseSweep pause,
    ResumeSweep resume,
    RetrySweep retry,
    ExtendSweep extend,
    ModelReader models,
    TimeProvider time) : Sweeps.SweepsBase
{
    [RequiresRole(CallerRole.Submitter)]
    public override async Task<SubmitSweepResponse> SubmitSweep(SubmitSweepRequest request, ServerCallContext context)
    {
        var submission = new NewSweep(CallerOf(context).Name, request.RequestId, request.SpecJson, request.ShardTableJson, request.Fresh, request.Replace);
        return (await submit.RunAsync(submission, context.CancellationToken)).ToProto();
    }

    [RequiresRole(CallerRole.Submitter)]
    public override async Task<DescribeSweepResponse> DescribeSweep(DescribeSweepRequest request, ServerCallContext context) =>
        (await reader.DescribeAsync(new SweepId(request.Sweep), context.CancellationToken)).ToProto(time.GetUtcNow());

    [RequiresRole(CallerRole.Submitter)]
    public override async Task<ListSweepsResponse> ListSweeps(ListSweepsRequest request, ServerCallContext context)
    {
        var caller = CallerOf(context);
        var maxCount = request.MaxSweeps > 0 ? request.MaxSweeps : int.MaxValue;
        var sweeps = await reader.ListAsync(caller.SeesAll ? null : caller.Name, request.IdPrefix, maxCount, context.CancellationToken);
        return new ListSweepsResponse { Sweeps = { sweeps.Select(sweep => sweep.ToProto(time.GetUtcNow())) } };
    }

    [RequiresRole(CallerRole.Submitter)]
    public override async Task ListMeasurements(ListMeasurementsRequest request, IServerStreamWriter<Protos.V1.Measurement> responseStream, ServerCallContext context)
    {
        foreach (var measurement in await reader.MeasurementsAsync(new SweepId(request.Sweep), context.CancellationToken))
        {
            await responseStream.WriteAsync(measurement.ToProto(), context.CancellationToken);
        }
    }

    [RequiresRole(CallerRole.Submitter)]
    public override async Task WatchSweep(WatchSweepRequest request, IServerStreamWriter<SweepProgress> responseStream, ServerCallContext context)
    {
        await foreach (var status in watch.FollowAsync(new SweepId(request.Sweep), context.CancellationToken))
        {
            await responseStream.WriteAsync(status.ToProto(time.GetUtcNow()), context.CancellationToken);
        }
    }

    [RequiresRole(CallerRole.Submitter)]
    public override async Task DownloadModel(DownloadModelRequest request, IServerStreamWriter<DownloadModelResponse> responseStream, ServerCallContext context)
    {
        var (model, weights) = await models.OpenAsync(new SweepId(request.Sweep), request.Trial, context.CancellationToken);
        await using (weights)
        {
            await responseStream.WriteAsync(model.ToProto(), context.CancellationToken);
            var buffer = new byte[ModelMessages.ChunkBytes];
            while (await weights.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.CancellationToken) is > 0 and var read)
            {
                await responseStream.WriteAsync(new DownloadModelResponse { Chunk = ByteString.CopyFrom(buffer, 0, read) }, context.CancellationToken);
            }
        }
    }

    [RequiresRole(CallerRole.Submitter)]
    public override async Task<CancelSweepResponse> CancelSweep(CancelSweepRequest request, ServerCallContext context)
    {
        var state = await cancel.RunAsync(new SweepId(request.Sweep), RequestRules.RequireReason("reason", request.Reason), context.CancellationToken);
        return new CancelSweepResponse { State = state.ToProto() };
    }

    [RequiresRole(CallerRole.Submitter)]
    public override async Task<ResumeSweepResponse> ResumeSweep(ResumeSweepRequest request, ServerCallContext context) =>
        new() { State = (await resume.RunAsync(new SweepId(request.Sweep), context.CancellationToken)).ToProto() };

    [RequiresRole(CallerRole.Submitter)]
    public override async Task<StopSweepResponse> StopSweep(StopSweepRequest request, ServerCallContext context)
    {
        var (state, cancelled) = await stop.RunAsync(new SweepId(request.Sweep), context.CancellationToken);
        return new StopSweepResponse { State = state.ToProto(), Cancelled = { cancelled } };
    }

    [RequiresRole(CallerRole.Submitter)]
    public override async Task<PauseSweepResponse> PauseSweep(PauseSweepRequest request, ServerCallContext context) =>
        new() { State = (await pause.RunAsync(new SweepId(request.Sweep), RequestRules.RequireReason("reason", request.Reason), context.CancellationToken)).ToProto() };

    [RequiresRole(CallerRole.Submitter)]
    public override async Task<RetrySweepResponse> RetrySweep(RetrySweepRequest request, ServerCallContext context)
    {
        var (state, retried) = await retry.RunAsync(new SweepId(request.Sweep), request.Trials, context.CancellationToken);
        return new RetrySweepResponse { State = state.ToProto(), Retried = { retried } };
    }

    [RequiresRole(CallerRole.Submitter)]
    public override async Task<ExtendSweepResponse> ExtendSweep(ExtendSweepRequest request, ServerCallContext context)
    {
        var extension = new RateExtension(request.Rates, request.Above, request.Below, request.Optimizer.Length == 0 ? null : request.Optimizer);
        return (await extend.RunAsync(new SweepId(request.Sweep), extension, context.CancellationToken)).ToProto();
    }

    [RequiresRole(CallerRole.Submitter)]
    public override Task<DescribeCoordinatorResponse> DescribeCoordinator(DescribeCoordinatorRequest request, ServerCallContext context) =>
        Task.FromResult(new DescribeCoordinatorResponse { Version = ProductVersion.Text, Time = time.GetUtcNow().ToTimestamp() });

    private static Caller CallerOf(ServerCallContext context) => Caller.Of(context.GetHttpContext().User);
}
