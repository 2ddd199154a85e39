using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Http;

/// <summary>Answers errors as the service does: JSON, and plain text where an object's bytes were asked for.</summary>
internal static class ErrorMiddleware
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ServiceException error) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, error);
        }
    }

    private static async Task AnswerAsync(HttpContext context, ServiceException error)
    {
        if (error.Status == StatusCodes.Status304NotModified)
        {
            context.Response.StatusCode = error.Status;
        }
        else if (ObjectEndpoints.IsMedia(context.Request) && error.Status < StatusCodes.Status500InternalServerError)
        {
            context.Response.StatusCode = error.Status;
            context.Response.ContentType = "text/html; charset=UTF-8";
            context.Response.ContentLength = System.Text.Encoding.UTF8.GetByteCount(error.Message);
            await context.Response.WriteAsync(error.Message, context.RequestAborted);
        }
        else
        {
            await context.Response.WriteJsonAsync(error.Status, ResourceJson.Of(error));
        }
    }
}
