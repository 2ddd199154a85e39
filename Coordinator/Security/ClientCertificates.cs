using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudSweep.Coordinator.Security;

/// <summary>
/// Which callers' certificates will do: those that chain to the authorities of one file, whatever the system trusts, and say that they are made for clients.
/// The file is read again when it changes, for connections made from then on.
/// </summary>
internal sealed partial class ClientCertificates
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly string _file;
    private readonly ReloadedFiles<X509Certificate2Collection> _authorities;
    private readonly ILogger _logger;

    /// <param name="caFile">PEM; empty = nobody is let in.</param>
    /// <param name="logger">Hears of callers that are not let in.</param>
    public ClientCertificates(string caFile, ILogger logger)
    {
        (_file, _logger) = (caFile, logger);
        _authorities = new ReloadedFiles<X509Certificate2Collection>([caFile], Parse, logger);
        Refresh();
    }

    /// <summary>What is wrong with the file; null when it will do.</summary>
    public static string? MistakeIn(string caFile)
    {
        try
        {
            Parse([File.ReadAllText(caFile)]);
            return null;
        }
        catch (Exception exception) when (ReloadedFiles<X509Certificate2Collection>.IsUnusable(exception))
        {
            return exception.Message;
        }
    }

    /// <summary>Takes what is new in the file.</summary>
    public void Refresh()
    {
        if (_file.Length > 0)
        {
            _authorities.Refresh();
        }
    }

    /// <summary>A handshake that shows a certificate and ends without one that will do.</summary>
    /// <param name="certificate">The one to show.</param>
    /// <param name="caller">Where the connection comes from.</param>
    public SslServerAuthenticationOptions Demand(SslStreamCertificateContext certificate, EndPoint? caller) => new()
    {
        ServerCertificateContext = certificate,
        ClientCertificateRequired = true,
        CertificateChainPolicy = Policy(),
        RemoteCertificateValidationCallback = (_, shown, chain, errors) => IsAccepted(shown, chain, errors, caller),

        // Every connection is checked by what the file says then.
        AllowTlsResume = false,
    };

    private static X509Certificate2Collection Parse(IReadOnlyList<string> texts)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(texts[0]);
        return authorities.Any(authority => authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData))
            ? authorities
            : throw new CryptographicException("it has no certificate of a root authority, one that is signed by itself");
    }

    private static bool IsForClients(X509Certificate certificate) =>
        certificate is X509Certificate2 full
        && full.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(usages => usages.EnhancedKeyUsages[ClientAuthentication] is not null);

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,

            // A caller's certificate may name any address to fetch others from.
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        policy.CustomTrustStore.AddRange(_authorities.Current ?? []);
        return policy;
    }

    private bool IsAccepted(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors, EndPoint? caller)
    {
        // A certificate without usages may be used for anything, such as a server's of the same authority: what is meant for KEDA says so.
        var mistake = (shown, errors) switch
        {
            (null, _) => "it shows no certificate",
            (_, SslPolicyErrors.None) => IsForClients(shown) ? null : "its certificate is not made for clients (extended key usage clientAuth)",
            _ => $"its certificate does not chain to {_file} for use by clients ({string.Join(", ", (chain?.ChainStatus ?? []).Select(status => status.Status).Distinct())})",
        };
        if (mistake is null)
        {
            return true;
        }

        LogRefused(caller, mistake);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused the caller at {Address} in the handshake of the scaler's listener: {Reason}")]
    private partial void LogRefused(EndPoint? address, string reason);
}
