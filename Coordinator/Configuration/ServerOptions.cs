namespace CloudSweep.Coordinator.Configuration;

/// <summary>Where a Coordinator listens and whom it serves. Bound to the root of the settings.</summary>
public sealed class ServerOptions
{
    /// <summary>
    /// <c>unix:/absolute/path.sock</c>, <c>http://127.0.0.1:port</c> or <c>https://address:port</c> with an IP address, <c>localhost</c>,
    /// or <c>*</c> for all addresses. Off loopback it must be https, and credentials are required. Default: <c>http://127.0.0.1:5080</c>.
    /// </summary>
    public string Listen { get; init; } = "http://127.0.0.1:5080";

    public TlsOptions Tls { get; init; } = new();

    public HealthOptions Health { get; init; } = new();

    public TokensOptions Tokens { get; init; } = new();

    public OidcOptions Oidc { get; init; } = new();

    /// <summary>Callers must show who they are. Otherwise they are local, and may do everything.</summary>
    internal bool HasCredentials => Tokens.File.Length > 0 || Oidc.Issuer.Length > 0;
}
