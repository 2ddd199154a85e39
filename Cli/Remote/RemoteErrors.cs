using CloudSweep.Worker.Connection;
using Grpc.Core;

namespace CloudSweep.Cli.Remote;

/// <summary>Says what a refused call means: which Coordinator, and what to check or set.</summary>
internal static class RemoteErrors
{
    private const string UnixScheme = "unix:";

    /// <summary>Null when the Coordinator's own words say it best.</summary>
    public static string? Explain(RpcException exception, ConnectionOptions connection) => exception.StatusCode switch
    {
        StatusCode.Unavailable when exception.Status.DebugException is null => $"The Coordinator at {connection.Coordinator} can't answer now{Detail(exception)}. Try again in a while; its log, or that of what is between, tells more.",
        StatusCode.Unavailable or StatusCode.DeadlineExceeded => Unreachable(exception, connection),
        StatusCode.Internal when exception.Status.DebugException is HttpRequestException or IOException => Unreachable(exception, connection),
        StatusCode.Unauthenticated when exception.Status.DebugException is { } own => $"The Coordinator at {connection.Coordinator} was not asked, since there is no token to send: {own.Message}",
        StatusCode.Unauthenticated => $"The Coordinator at {connection.Coordinator} does not know who you are{Detail(exception)}. {Credentials(connection)}",
        StatusCode.PermissionDenied => $"The Coordinator at {connection.Coordinator} refuses this{Detail(exception)}. Use a token of the role submitter, and of the owner of the sweep: "
            + $"--token-file ({ConnectionArguments.TokenFileVariable}), {ConnectionArguments.TokenVariable} or --oidc-audience ({ConnectionArguments.OidcAudienceVariable}).",
        StatusCode.Unimplemented => $"What answers at {connection.Coordinator} is no Coordinator, or one of an older version that can't do this. Check --coordinator ({ConnectionArguments.CoordinatorVariable}); 'cloudsweep doctor' tells its version.",
        _ => null,
    };

    private static string Unreachable(RpcException exception, ConnectionOptions connection) =>
        $"The Coordinator at {connection.Coordinator} can't be reached ({Cause(exception, connection)}). Check --coordinator ({ConnectionArguments.CoordinatorVariable}), that it runs, and what is between.";

    // The innermost exception names the cause: refused, timed out, an untrusted certificate.
    private static string Cause(RpcException exception, ConnectionOptions connection)
    {
        if (connection.Coordinator.StartsWith(UnixScheme, StringComparison.Ordinal) && !File.Exists(connection.Coordinator[UnixScheme.Length..]))
        {
            return "there is no such socket";
        }

        var cause = exception.Status.DebugException;
        while (cause?.InnerException is { } inner)
        {
            cause = inner;
        }

        return (cause?.Message ?? exception.Status.Detail).ReplaceLineEndings(" ").TrimEnd('.');
    }

    private static string Detail(RpcException exception) => exception.Status.Detail.TrimEnd('.') is { Length: > 0 } detail ? $": {detail}" : "";

    private static string Credentials(ConnectionOptions connection) => connection is { Token.Length: 0, TokenFile.Length: 0, OidcAudience.Length: 0 }
        ? $"Give --token-file FILE, or set {ConnectionArguments.TokenFileVariable} or {ConnectionArguments.TokenVariable}; with a Google account, --oidc-audience TEXT."
        : "The token that was sent is not one of this Coordinator's, or has expired: ask who runs it for another.";
}
