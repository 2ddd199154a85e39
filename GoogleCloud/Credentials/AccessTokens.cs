using System.Collections.Concurrent;
using Google.Apis.Auth.OAuth2;

namespace CloudSweep.GoogleCloud.Credentials;

/// <summary>Access tokens of this process's account. They are kept and renewed in time, so ask for every call. Safe for use by many threads.</summary>
public sealed class AccessTokens(ApplicationDefaultCredentials account) : IDisposable
{
    private const string Purpose = "access token";

    private readonly ConcurrentDictionary<string, GoogleCredential> _scoped = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _renewal = new(1);

    /// <summary>A token for <paramref name="scope"/> (<see cref="GoogleScopes"/>) that is valid for some minutes at least.</summary>
    /// <exception cref="CredentialsException">There is no account, or Google gives it no token.</exception>
    public Task<AccessToken> GetAsync(string scope, CancellationToken cancellationToken) =>
        account.UseAsync(Purpose, credential => ReadAsync(Scoped(credential, scope), cancellationToken), cancellationToken);

    /// <summary>The token to use after a service has refused <paramref name="refused"/> with 401: a new one, fetched once however many calls were refused.</summary>
    /// <exception cref="CredentialsException">There is no account, or Google gives it no token.</exception>
    public async Task<AccessToken> RenewAsync(string scope, AccessToken refused, CancellationToken cancellationToken)
    {
        await _renewal.WaitAsync(cancellationToken);
        try
        {
            return await account.UseAsync(
                Purpose,
                async credential =>
                {
                    var scoped = Scoped(credential, scope);
                    var current = await ReadAsync(scoped, cancellationToken);
                    if (current == refused)
                    {
                        await RenewAsync(scoped, cancellationToken);
                        current = await ReadAsync(scoped, cancellationToken);
                    }

                    return current;
                },
                cancellationToken);
        }
        finally
        {
            _renewal.Release();
        }
    }

    public void Dispose() => _renewal.Dispose();

    private static async Task<AccessToken> ReadAsync(GoogleCredential credential, CancellationToken cancellationToken) =>
        new(await ((ITokenAccess)credential).GetAccessTokenForRequestAsync(authUri: null, cancellationToken), credential.QuotaProject);

    private static Task RenewAsync(GoogleCredential credential, CancellationToken cancellationToken) => credential.UnderlyingCredential switch
    {
        ServiceCredential service => service.RequestAccessTokenAsync(cancellationToken),
        UserCredential user => user.RefreshTokenAsync(cancellationToken),
        _ => Task.CompletedTask,
    };

    // A scoped credential keeps its token, so there is one for all calls.
    private GoogleCredential Scoped(GoogleCredential credential, string scope) => _scoped.GetOrAdd(scope, wanted => credential.CreateScoped(wanted));
}
