using System.Text.Encodings.Web;
using CloudSweep.Coordinator.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Security;

/// <summary>Finds out who calls: by a static token, by an ID token, or, where no credentials are configured, as a local caller.</summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> schemes, ILoggerFactory logger, UrlEncoder encoder, IOptions<ServerOptions> server, StaticTokens tokens, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemes, logger, encoder)
{
    public const string Name = "Caller";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!server.Value.HasCredentials)
        {
            return AuthenticateResult.Success(new AuthenticationTicket(Security.Caller.Local, Scheme.Name));
        }

        if (TokenOf(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (tokens.Find(token) is { } entry)
        {
            return Accept(entry);
        }

        return server.Value.Oidc.Issuer.Length > 0
            ? await Context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme)
            : AuthenticateResult.Fail("The token is unknown: it was revoked, or made for another Coordinator. Get a new one ('cloudsweep token create').");
    }

    private AuthenticateResult Accept(TokenEntry entry) => entry.ExpiresAt is { } end && end <= time.GetUtcNow()
        ? AuthenticateResult.Fail($"The token of '{entry.Name}' expired at {end:O}. Get a new one ('cloudsweep token create').")
        : AuthenticateResult.Success(new AuthenticationTicket(Security.Caller.PrincipalOf("token", entry.Name, [entry.Role]), Scheme.Name));

    private static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && header[Bearer.Length..].Trim() is { Length: > 0 } token
            ? token
            : null;
}
