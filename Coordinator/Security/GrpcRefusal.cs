using System.Globalization;
using System.Text;
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
        response.Headers["grpc-message"] = Encode(detail);
        return response.CompleteAsync();
    }

    // As gRPC has it: everything but printable ASCII, and the sign itself. Some clients turn back no more than that.
    private static string Encode(string detail) => string.Concat(Encoding.UTF8.GetBytes(detail).Select(value =>
        value is >= (byte)' ' and <= (byte)'~' and not (byte)'%' ? ((char)value).ToString() : $"%{value:X2}"));
}
