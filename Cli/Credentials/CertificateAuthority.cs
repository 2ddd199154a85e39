using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudSweep.Cli.Credentials;

/// <summary>A private CA with an ECDSA P-256 key. It signs certificates of servers and clients, and no further CA.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int SerialBytes = 16;

    // Clocks of other machines may be behind.
    private static readonly TimeSpan Backdating = TimeSpan.FromHours(1);

    private readonly ECDsa _key = NewKey();
    private readonly X509Certificate2 _certificate;
    private readonly DateTimeOffset _begin;

    /// <param name="now">The present.</param>
    /// <param name="end">When it ends; nothing that it signs may end later.</param>
    public CertificateAuthority(DateTimeOffset now, DateTimeOffset end)
    {
        _begin = now - Backdating;
        var request = new CertificateRequest("CN=CloudSweep CA", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _certificate = request.CreateSelfSigned(_begin, end);
    }

    public IssuedCertificate Own => new(_certificate.ExportCertificatePem(), _key.ExportPkcs8PrivateKeyPem());

    /// <summary>A certificate by which a server shows that it is one of these hosts.</summary>
    public IssuedCertificate IssueServer(string name, IEnumerable<string> hosts, DateTimeOffset end) => Issue(name, ServerAuthentication, [HostNames.ToExtension(hosts)], end);

    /// <summary>A certificate by which a client shows that this CA knows it.</summary>
    public IssuedCertificate IssueClient(string name, DateTimeOffset end) => Issue(name, ClientAuthentication, [], end);

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private IssuedCertificate Issue(string name, string usage, IEnumerable<X509Extension> extensions, DateTimeOffset end)
    {
        using var key = NewKey();
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        using var certificate = request.Create(_certificate, _begin, end, NewSerial());
        return new IssuedCertificate(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);

        // A serial number is positive, and its first byte is no padding.
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
