using CloudSweep.GoogleCloud.Credentials;
using Grpc.Core;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Signs calls with the access token of this process. Only for encrypted channels.</summary>
internal sealed class PubSubAuthorization(AccessTokens tokens)
{
    /// <summary>Makes a call with a token; with a new one once more when the service does not accept the first.</summary>
    /// <exception cref="CredentialsException">There is no account, or Google gives it no token.</exception>
    public async Task<T> CallAsync<T>(Metadata headers, Func<Metadata, Task<T>> call, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(GoogleScopes.PubSub, cancellationToken);
        try
        {
            return await call(With(headers, token));
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unauthenticated)
        {
            return await call(With(headers, await tokens.RenewAsync(GoogleScopes.PubSub, token, cancellationToken)));
        }
    }

    private static Metadata With(Metadata headers, AccessToken token)
    {
        var signed = new Metadata();
        foreach (var header in headers)
        {
            signed.Add(header);
        }

        signed.Add("authorization", $"Bearer {token.Value}");
        if (token.QuotaProject is { } payer)
        {
            signed.Add(AccessToken.QuotaProjectHeader, payer);
        }

        return signed;
    }
}
