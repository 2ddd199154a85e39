using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudSweep.Coordinator;
using CloudSweep.Coordinator.Security;
using CloudSweep.TestSupport;
using Microsoft.AspNetCore.Builder;

namespace CloudSweep.Cli.Tests.Connection;

/// <summary>A Coordinator behind TLS on loopback, with a certificate that is its own CA.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication _coordinator = null!;

    private TlsServer()
    {
    }

    public string CaFile => PathOf("tls.pem");

    public string Url => _coordinator.Urls.First();

    public static async Task<TlsServer> StartAsync()
    {
        var server = new TlsServer();
        WriteCertificate(server.CaFile, server.PathOf("tls.key"));
        await File.WriteAllTextAsync(server.PathOf("tokens"), "", TestContext.Current.CancellationToken);
        server._coordinator = CoordinatorHost.Build(
        [
            "--Listen=https://127.0.0.1:0",
            $"--Tls:CertificateFile={server.CaFile}",
            $"--Tls:KeyFile={server.PathOf("tls.key")}",
            $"--Tokens:File={server.PathOf("tokens")}",
            $"--Storage:Directory={server.PathOf("state")}",
            $"--Checkpoints:Location={server.PathOf("checkpoints")}",
            "--Logging:Console:LogLevel:Default=None",
        ]);
        return server;
    }

    /// <summary>Tokens are made before the start, which reads them.</summary>
    public Task<string> AddTokenAsync(string name) =>
        TokenFile.AddTokenAsync(PathOf("tokens"), name, CallerRole.Submitter, expiresAt: null, TimeProvider.System, TestContext.Current.CancellationToken);

    public Task ListenAsync() => _coordinator.StartAsync(TestContext.Current.CancellationToken);

    public string PathOf(string name) => Path.Combine(_folder.Root, name);

    /// <summary>Self-signed, of 127.0.0.1.</summary>
    public static void WriteCertificate(string certificateFile, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=coordinator", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }

    public async ValueTask DisposeAsync()
    {
        await _coordinator.DisposeAsync();
        _folder.Dispose();
    }
}
