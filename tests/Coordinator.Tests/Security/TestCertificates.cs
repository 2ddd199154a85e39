using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>A private CA that lives as long as a test, and what it signs.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly ECDsa _key;
    private readonly X509Certificate2 _ca;

    public TestCertificates()
    {
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test CA", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));

        // By its key, for the CAs of two tests have the same name.
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _ca = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(100));
    }

    /// <summary>Signs with a certificate that is none of a CA.</summary>
    public TestCertificates(X509Certificate2 leaf) => (_key, _ca) = (leaf.GetECDsaPrivateKey()!, X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null));

    public string CaPem => _ca.ExportCertificatePem();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Writes a certificate of 127.0.0.1 or of a name, and its key; returns the certificate's serial number.</summary>
    public string Write(string certificateFile, string keyFile, TimeSpan? validFor = null, string? name = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=coordinator", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (name is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        using var certificate = Sign(request, validFor);
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return certificate.SerialNumber;
    }

    /// <summary>A certificate for a caller to show, with its key.</summary>
    /// <param name="usages">Object identifiers of what it is for; none = it does not say.</param>
    /// <param name="validFor">From yesterday until this time from now; may be in the past.</param>
    public X509Certificate2 Issue(IEnumerable<string> usages, TimeSpan? validFor = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=keda", key, HashAlgorithmName.SHA256);
        if (usages.Any())
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(usage => new Oid(usage))], critical: false));
        }

        using var certificate = Sign(request, validFor);
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>Trusts this CA and no other.</summary>
    public X509ChainPolicy Trust()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(_ca);
        return policy;
    }

    private X509Certificate2 Sign(CertificateRequest request, TimeSpan? validFor)
    {
        if (_ca.Extensions.OfType<X509SubjectKeyIdentifierExtension>().SingleOrDefault() is { } authority)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(authority));
        }

        return request.Create(
            _ca.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), Now.AddDays(-1), Now.Add(validFor ?? TimeSpan.FromDays(90)), RandomNumberGenerator.GetBytes(16));
    }

    public void Dispose()
    {
        _ca.Dispose();
        _key.Dispose();
    }
}
