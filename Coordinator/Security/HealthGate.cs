using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CloudSweep.Coordinator.Security;

/// <summary>Keeps the listener of the health service to the health service, whatever host name a caller claims.</summary>
internal static class HealthGate
{
    private const string HealthPath = "/grpc.health.v1.Health/";

    /// <summary>Marks connections of a listener as those that may ask for health only.</summary>
    public static void Mark(ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(new HealthOnly());
        return next(connection);
    });

    public static bool IsHealthOnly(HttpContext context) => context.Features.Get<HealthOnly>() is not null;

    public static IApplicationBuilder UseHealthGate(this IApplicationBuilder app) => app.Use((context, next) =>
        IsHealthOnly(context) && !context.Request.Path.Value!.StartsWith(HealthPath, StringComparison.Ordinal)
            ? GrpcRefusal.WriteAsync(context, StatusCode.Unimplemented, "This port answers grpc.health.v1 only; call the Coordinator at the address of its setting Listen.")
            : next(context));

    private sealed class HealthOnly;
}
