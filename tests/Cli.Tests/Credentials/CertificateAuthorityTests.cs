using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudSweep.Cli.Credentials;

namespace CloudSweep.Cli.Tests.Credentials;

public sealed class CertificateAuthorityTests : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly CertificateAuthority _authority = new(Now, Now.AddDays(3650));

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void IssueServer_Always_HasItsNamesAndVerifiesAsServerOnly()
    {
        using var server = Read(_authority.IssueServer("coordinator", ["localhost", "127.0.0.1", "::1", "LOCALHOST"], Now.AddDays(365)));

        Assert.True(server.MatchesHostname("localhost"));
        Assert.True(server.MatchesHostname("127.0.0.1"));
        Assert.True(server.MatchesHostname("::1"));
        Assert.False(server.MatchesHostname("coordinator"));
        Assert.True(Verifies(server, ServerAuthentication));
        Assert.False(Verifies(server, ClientAuthentication));
    }

    [Fact]
    public void IssueClient_Always_VerifiesAsClientOnly()
    {
        using var client = Read(_authority.IssueClient("scaler-client", Now.AddDays(365)));

        Assert.True(Verifies(client, ClientAuthentication));
        Assert.False(Verifies(client, ServerAuthentication));
    }

    [Fact]
    public void Issue_Always_HasTheKeyAndItsLimits()
    {
        var issued = _authority.IssueServer("coordinator", ["localhost"], Now.AddDays(2));
        using var certificate = Read(issued);
        using var key = ECDsa.Create();
        key.ImportFromPem(issued.KeyPem);

        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", issued.KeyPem, StringComparison.Ordinal);
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(X509KeyUsageFlags.DigitalSignature, certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.InRange(certificate.NotAfter.ToUniversalTime() - Now.UtcDateTime, TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1), TimeSpan.FromDays(2));
        Assert.True(certificate.NotBefore.ToUniversalTime() < Now.UtcDateTime);
    }

    [Fact]
    public void Own_Always_SignsCertificatesOfServersAndClientsOnly()
    {
        using var ca = Read(_authority.Own);
        var constraints = ca.Extensions.OfType<X509BasicConstraintsExtension>().Single();

        Assert.True(constraints is { CertificateAuthority: true, HasPathLengthConstraint: true, PathLengthConstraint: 0, Critical: true });
        Assert.Equal(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, ca.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
    }

    [Fact]
    public void Verify_ByTheCaOfAnother_Fails()
    {
        using var others = new CertificateAuthority(Now, Now.AddDays(3650));
        using var server = Read(others.IssueServer("coordinator", ["localhost"], Now.AddDays(365)));

        Assert.False(Verifies(server, ServerAuthentication));
    }

    [Fact]
    public void Verify_TwoCasOfOneNameAreTrusted_FindsTheRightOne()
    {
        using var others = new CertificateAuthority(Now, Now.AddDays(3650));
        using var other = Read(others.Own);
        using var server = Read(_authority.IssueServer("coordinator", ["localhost"], Now.AddDays(365)));
        using var otherServer = Read(others.IssueServer("coordinator", ["localhost"], Now.AddDays(365)));

        Assert.True(Verifies(server, ServerAuthentication, other));
        Assert.True(Verifies(otherServer, ServerAuthentication, other));
    }

    private bool Verifies(X509Certificate2 certificate, string usage, params X509Certificate2[] others)
    {
        using var ca = Read(_authority.Own);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.AddRange(others);
        chain.ChainPolicy.CustomTrustStore.Add(ca);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(usage));
        return chain.Build(certificate);
    }

    private static X509Certificate2 Read(IssuedCertificate issued) => X509Certificate2.CreateFromPem(issued.CertificatePem);
}
