using CloudSweep.Coordinator.Application;
using CloudSweep.Coordinator.Security;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Google.Protobuf;
using Grpc.Core;
using SubmitSweep = CloudSweep.Coordinator.Application.SubmitSweep;

namespace CloudSweep.Coordinator.Services;

/// <summary>What people ask: maps between the wire and the application layer, and decides nothing.</summary>
internal sealed class SweepsService(SubmitSweep submit, SweepReader reader, SweepWatch watch, CancelSweep cancel, ResumeSweep resume, ModelReader models, TimeProvider time)
    : Sweeps.SweepsBase
{
    [RequiresRole(CallerRole.Submitter)]
    public override async Task<SubmitSweepResponse> SubmitSweep(SubmitSweepRequest request, ServerCallContext context)
    {
        var submission = new NewSweep(request.RequestId, request.SpecJson, request.ShardTableJson, request.Fresh, request.Replace);
        return (await submit.RunAsync(submission, context.CancellationToken)).ToProto();
    }

    [RequiresRole(CallerRole.Submitter)]
    public override async Task<DescribeSweepResponse> DescribeSweep(DescribeSweepRequest request, ServerCallContext context) =>
        (await reader.DescribeAsync(new SweepId(request.Sweep), context.CancellationToken)).ToProto(time.GetUtcNow());

    [RequiresRole(CallerRole.Submitter)]
    public override async Task<ListSweepsResponse> ListSweeps(ListSweepsRequest request, ServerCallContext context)
    {
        var sweeps = await reader.ListAsync(context.CancellationToken);
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
        var state = await cancel.RunAsync(new SweepId(request.Sweep), request.Reason, context.CancellationToken);
        return new CancelSweepResponse { State = state.ToProto() };
    }

    [RequiresRole(CallerRole.Submitter)]
    public override async Task<ResumeSweepResponse> ResumeSweep(ResumeSweepRequest request, ServerCallContext context) =>
        new() { State = (await resume.RunAsync(new SweepId(request.Sweep), context.CancellationToken)).ToProto() };
}
