using CloudSweep.Protos.Keda;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CloudSweep.Coordinator.Security;

/// <summary>What a listener serves. It is marked at the connection, for host names and ports are the caller's text, and told by the endpoint that a path leads to.</summary>
internal sealed class ListenerScope
{
    /// <summary>Everything that has no listener of its own alone.</summary>
    public static readonly ListenerScope Main = new(
        service => service != ExternalScaler.Descriptor.FullName,
        "The scaler answers at the address of the setting Scaler:Listen only, to callers with a client certificate.");

    public static readonly ListenerScope Health = new(
        service => service == Grpc.Health.V1.Health.Descriptor.FullName,
        "This port answers grpc.health.v1 only; call the Coordinator at the address of its setting Listen.");

    public static readonly ListenerScope Scaler = new(
        service => service == ExternalScaler.Descriptor.FullName,
        "This port answers externalscaler.ExternalScaler only, and no method that is not in its contract; call the Coordinator at the address of its setting Listen.");

    private readonly Func<string?, bool> _serves;
    private readonly string _refusal;

    /// <param name="serves">Whether it serves a service; null = the method is not there.</param>
    /// <param name="refusal">What callers of the others are told.</param>
    private ListenerScope(Func<string?, bool> serves, string refusal) => (_serves, _refusal) = (serves, refusal);

    public static ListenerScope Of(HttpContext context) => context.Features.Get<ListenerScope>() ?? Main;

    /// <summary>Marks the connections of a listener.</summary>
    public void Mark(ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(this);
        return next(connection);
    });

    /// <summary>Ends a call that the listener does not serve; otherwise <paramref name="next"/> goes on with it.</summary>
    public static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var scope = Of(context);
        return scope._serves(context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName)
            ? next(context)
            : GrpcRefusal.WriteAsync(context, StatusCode.Unimplemented, scope._refusal);
    }
}
