using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Http;

/// <summary>Demands a bearer token where one is set. Control requests need none: only the tests can reach this server.</summary>
internal sealed class TokenMiddleware(string token)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        context.Request.Headers.Authorization == $"Bearer {token}"
            ? next(context)
            : throw new ServiceException(StatusCodes.Status401Unauthorized, "required", "Anonymous caller, or an invalid token, does not have access to the bucket.");
}
