using System.Collections.Concurrent;
using Google.Apis.Auth.OAuth2;

namespace CloudSweep.GoogleCloud.Credentials;

/// <summary>ID tokens that Google signs for this process's account, which must be a service account: people have none.</summary>
internal sealed class GoogleIdentityTokens(ApplicationDefaultCredentials account) : IIdentityTokens
{
    private readonly ConcurrentDictionary<string, OidcToken> _tokens = new(StringComparer.Ordinal);

    public Task<string> GetAsync(string audience, CancellationToken cancellationToken) => account.UseAsync(
        $"ID token for '{audience}'",
        async credential =>
        {
            if (!_tokens.TryGetValue(audience, out var token))
            {
                // Two callers at once may both make one; they are alike and the first stays.
                token = _tokens.GetOrAdd(audience, await credential.GetOidcTokenAsync(OidcTokenOptions.FromTargetAudience(audience), cancellationToken));
            }

            return await token.GetAccessTokenAsync(cancellationToken);
        },
        cancellationToken);
}
