using CloudSweep.Coordinator.Configuration;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CloudSweep.Coordinator.Security;

/// <summary>Answers callers that may not call, in gRPC's terms, with what is needed; and tells the log.</summary>
internal sealed partial class CallRefusals(IOptions<ServerOptions> server, OidcTokens oidc, IOptionsMonitor<JwtBearerOptions> idTokens, ILogger<CallRefusals> logger)
    : IAuthorizationMiddlewareResultHandler
{
    private string NoToken => (server.Value.Tokens.File.Length > 0, server.Value.Oidc.Issuer.Length > 0) switch
    {
        (true, false) => "The call has no token. Send one that 'cloudsweep token create' made for this Coordinator (--token-file FILE, Worker:TokenFile).",
        (false, true) => $"The call has no token. Send an ID token of {server.Value.Oidc.Issuer} for '{server.Value.Oidc.Audience}' (--oidc-audience, Worker:OidcAudience).",
        _ => $"The call has no token. Send one that 'cloudsweep token create' made for this Coordinator (--token-file FILE, Worker:TokenFile), or an ID token of {server.Value.Oidc.Issuer} for '{server.Value.Oidc.Audience}' (--oidc-audience, Worker:OidcAudience).",
    };

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var (status, reason) = authorizeResult.Forbidden
            ? (StatusCode.PermissionDenied, WrongRole(context, policy))
            : await UnknownAsync(context);

        // The path is the caller's text; the method's name is ours.
        var method = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName ?? "a method that is not there";
        var caller = Caller.NameOf(context.User) is { Length: > 0 } name ? name : "unknown";
        LogRefused(method, caller, context.Connection.RemoteIpAddress, status, reason);
        await GrpcRefusal.WriteAsync(context, status, reason);
    }

    private static string WrongRole(HttpContext context, AuthorizationPolicy policy)
    {
        var caller = Caller.NameOf(context.User);
        var needed = policy.Requirements.OfType<RoleRequirement>().Select(requirement => TokenFile.NameOf(requirement.Role));
        return Enum.GetValues<CallerRole>().Any(role => Caller.HasRole(context.User, role))
            ? $"The method needs the role {string.Join(", ", needed)}, which '{caller}' does not have. Use a token with that role."
            : $"'{caller}' is known, but in neither Oidc:Submitters nor Oidc:Workers of this Coordinator. Ask its operator to add it.";
    }

    private async Task<(StatusCode Status, string Reason)> UnknownAsync(HttpContext context) => (await context.AuthenticateAsync()).Failure switch
    {
        null => (StatusCode.Unauthenticated, NoToken),
        AuthenticationFailureException known => (StatusCode.Unauthenticated, known.Message),
        SecurityTokenSignatureKeyNotFoundException when !await HasKeysAsync(context.RequestAborted) =>
            (StatusCode.Unavailable, $"The ID token can't be checked: the keys of {server.Value.Oidc.Issuer} can't be fetched now. Try again in a while."),
        var failure => (StatusCode.Unauthenticated, oidc.Describe(failure)),
    };

    /// <summary>Whether the issuer's keys are here or can be fetched. Until then nobody's token is good or bad.</summary>
    private async Task<bool> HasKeysAsync(CancellationToken cancellationToken)
    {
        try
        {
            await idTokens.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(cancellationToken);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused {Method} to {Caller} at {Address} ({Status}): {Reason}")]
    private partial void LogRefused(string method, string caller, System.Net.IPAddress? address, StatusCode status, string reason);
}
