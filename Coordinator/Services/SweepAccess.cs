using CloudSweep.Coordinator.Security;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CloudSweep.Coordinator.Services;

/// <summary>
/// Keeps submitters to their own sweeps: whatever a submitter's request names in its field <c>sweep</c> must be the caller's, or it is not there.
/// New methods are covered by the name of that field. A local caller sees every sweep.
/// </summary>
internal sealed class SweepAccess(ISweepStore store) : Interceptor
{
    internal const string Field = "sweep";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await RequireAsync(request, context);
        return await continuation(request, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await RequireAsync(request, context);
        await continuation(request, responseStream, context);
    }

    /// <exception cref="SweepNotFoundException">There is no such sweep, or it is another's; the caller can't tell which.</exception>
    private async Task RequireAsync<TRequest>(TRequest request, ServerCallContext context)
    {
        var call = context.GetHttpContext();
        var caller = Caller.Of(call.User);
        if (caller.SeesAll || call.GetEndpoint()?.Metadata.GetMetadata<RequiresRoleAttribute>() is not { Role: CallerRole.Submitter })
        {
            return;
        }

        if (request is IMessage message && message.Descriptor.FindFieldByName(Field) is { } field)
        {
            var id = (string)field.Accessor.GetValue(message);
            var owner = await store.ReadAsync(view => view.FindSweep(new SweepId(id))?.Owner, context.CancellationToken);
            if (owner != caller.Name)
            {
                throw new SweepNotFoundException($"There is no sweep '{id}'. List sweeps to see their ids.");
            }
        }
    }
}
