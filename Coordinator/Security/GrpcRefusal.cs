using System.Globalization;
using Grpc.Core;

namespace CloudSweep.Coordinator.Security;

/// <summary>Ends a call with a status before anything of its message is read.</summary>
internal static class GrpcRefusal
{
    /// <param name="context">The call.</param>
    /// <param name="status">Not OK.</param>
    /// <param name="detail">For people.</param>
    public static Task WriteAsync(HttpContext context, StatusCode status, string detail)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";

        // A response of headers only is how gRPC says no before it says anything else.
        response.Headers["grpc-status"] = ((int)status).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(detail);
        return response.CompleteAsync();
    }
}
