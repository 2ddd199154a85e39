namespace CloudSweep.GoogleCloud.Credentials;

/// <summary>Tells other services who this process is, by ID tokens (OpenID Connect) that an issuer has signed.</summary>
public interface IIdentityTokens
{
    /// <summary>A token for <paramref name="audience"/> that is valid for some minutes at least; kept and renewed in time, so ask for every call. A secret.</summary>
    /// <exception cref="CredentialsException">There is no account, or it can't have ID tokens.</exception>
    Task<string> GetAsync(string audience, CancellationToken cancellationToken);
}
