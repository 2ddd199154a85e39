using System.Security.Claims;
using CloudSweep.Coordinator.Configuration;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CloudSweep.Coordinator.Security;

/// <summary>Which ID tokens are accepted, and who is who.</summary>
internal sealed class OidcTokens(IOptions<ServerOptions> server) : IConfigureNamedOptions<JwtBearerOptions>
{
    // Signed with a private key: with a shared secret whoever can check a token can make one.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    // A call waits for the issuer's keys, and the issuer may not answer at all.
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(10);

    private OidcOptions Oidc => server.Value.Oidc;

    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.Authority = Oidc.Issuer;
        options.RequireHttpsMetadata = !Oidc.Issuer.StartsWith("http://", StringComparison.Ordinal);
        options.BackchannelTimeout = FetchTimeout;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = Oidc.Audience,

            // Google signs with and without the scheme.
            ValidIssuers = [Oidc.Issuer, .. Oidc.Issuer == "https://accounts.google.com" ? ["accounts.google.com"] : Array.Empty<string>()],
            ValidAlgorithms = Algorithms,
            ClockSkew = ClockSkew,
        };
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                context.Principal = CallerOf(context.Principal!);
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>Why an ID token was not accepted, and what would be; nothing of the token.</summary>
    public string Describe(Exception failure) => failure switch
    {
        SecurityTokenExpiredException or SecurityTokenNoExpirationException => "The ID token has expired or has no end. Get a new one.",
        SecurityTokenNotYetValidException => "The ID token is not valid yet. Check the clocks of both machines.",
        SecurityTokenInvalidAudienceException => $"The ID token is for another audience. Ask for one for '{Oidc.Audience}'.",
        SecurityTokenInvalidIssuerException => $"The ID token is of another issuer. This Coordinator accepts those of {Oidc.Issuer}.",
        SecurityTokenSignatureKeyNotFoundException => $"The ID token is not signed by a key that could be fetched from {Oidc.Issuer}.",
        SecurityTokenInvalidAlgorithmException or SecurityTokenInvalidSignatureException => $"The ID token is not signed by {Oidc.Issuer}.",
        _ => $"The token is neither one that this Coordinator knows nor an ID token that {Oidc.Issuer} signed for '{Oidc.Audience}'.",
    };

    /// <summary>The caller is who the settings list. Someone whom they don't list has no role.</summary>
    private ClaimsPrincipal CallerOf(ClaimsPrincipal token)
    {
        // Anyone may claim an email; only the issuer can verify it.
        var email = string.Equals(token.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase) ? token.FindFirstValue("email") : null;
        var subject = token.FindFirstValue("sub");
        bool Is(string entry) => entry.Contains('@', StringComparison.Ordinal) ? string.Equals(entry, email, StringComparison.OrdinalIgnoreCase) : entry == subject;

        var submitter = Oidc.Submitters.FirstOrDefault(Is);
        var worker = Oidc.Workers.FirstOrDefault(Is);
        return Caller.PrincipalOf(
            "oidc",
            submitter ?? worker ?? email ?? subject ?? "",
            [.. submitter is null ? [] : new[] { CallerRole.Submitter }, .. worker is null ? [] : new[] { CallerRole.Worker }]);
    }
}
