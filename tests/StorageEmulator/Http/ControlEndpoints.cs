using System.Text.Json;
using CloudSweep.StorageEmulator.Faults;
using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Http;

/// <summary>Scripts faults, limits speed and shows requests over HTTP, for tests in other processes.</summary>
internal sealed class ControlEndpoints(FaultScript faults, Shaping shaping, RequestLog log)
{
    /// <summary>Paths that start with it are no part of the service: they are neither recorded, nor struck by faults, nor refused.</summary>
    public const string Root = "/_emulator";

    /// <summary>Answers as long as the server does.</summary>
    public const string Health = Root + "/health";

    private const string Faults = Root + "/faults";
    private const string Requests = Root + "/requests";
    private const string Speed = Root + "/speed";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Health, () => Results.Text("ok"));
        routes.MapPost(Faults, AddFaultAsync);
        routes.MapDelete(Faults, () => Clear(faults.Clear));
        routes.MapGet(Requests, () => Results.Json(log.Snapshot()));
        routes.MapDelete(Requests, () => Clear(log.Clear));
        routes.MapPut(Speed, SetSpeed);
        routes.MapDelete(Speed, () => Clear(() => shaping.BytesPerSecond = null));
    }

    private async Task AddFaultAsync(HttpContext context)
    {
        try
        {
            var fault = await JsonSerializer.DeserializeAsync<Fault>(context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted);
            faults.Add(fault!);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or NotSupportedException)
        {
            throw ServiceException.Invalid($"No such fault: {exception.Message}");
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private IResult SetSpeed(long bytesPerSecond)
    {
        if (bytesPerSecond < 1)
        {
            throw ServiceException.Invalid($"Invalid bytesPerSecond {bytesPerSecond}: it must be at least 1.");
        }

        shaping.BytesPerSecond = bytesPerSecond;
        return Results.NoContent();
    }

    private static IResult Clear(Action clear)
    {
        clear();
        return Results.NoContent();
    }
}
