using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using CloudSweep.Coordinator.Security;
using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>Who gets through the handshake, and certificates that change while the Coordinator runs.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private SecureCoordinator _coordinator = null!;
    private string _token = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _coordinator = await SecureCoordinator.StartAsync();
        _token = _coordinator.AddToken("alice", CallerRole.Submitter);
    }

    public ValueTask DisposeAsync() => _coordinator.DisposeAsync();

    [Fact]
    public async Task Connect_ClientThatTrustsTheCa_IsServed() => await ListAsync(_coordinator.Caller(_token));

    [Fact]
    public async Task Connect_ClientOfAnotherCa_IsUnavailable()
    {
        using var others = new TestCertificates();

        await AssertUnavailableAsync(_coordinator.Caller(_token, new SslClientAuthenticationOptions { CertificateChainPolicy = others.Trust() }));
    }

    [Fact]
    public async Task Connect_ByANameThatIsNotInTheCertificate_IsUnavailable()
    {
        _coordinator.Certificates.Write(_coordinator.CertificateFile, _coordinator.KeyFile, name: "coordinator.example");
        _coordinator.Reload();

        await AssertUnavailableAsync(_coordinator.Caller(_token));
    }

    [Fact]
    public async Task Connect_WithoutTls_IsUnavailable() =>
        await AssertUnavailableAsync(_coordinator.Caller(_token, url: _coordinator.Url.Replace("https", "http", StringComparison.Ordinal)));

    [Fact]
    public async Task Reload_NewCertificate_IsShownToNewConnections()
    {
        var before = await SerialAsync();
        var written = _coordinator.Certificates.Write(_coordinator.CertificateFile, _coordinator.KeyFile);

        var untouched = await SerialAsync();
        _coordinator.Reload();

        Assert.Equal((before, written), (untouched, await SerialAsync()));
        Assert.NotEqual(before, written);
    }

    [Fact]
    public async Task Reload_BrokenFile_KeepsTheCertificateAndSaysSo()
    {
        var before = await SerialAsync();
        await File.WriteAllTextAsync(_coordinator.KeyFile, "-----BEGIN PRIVATE KEY-----", None);

        _coordinator.Reload();
        _coordinator.Reload();

        Assert.Equal(before, await SerialAsync());
        Assert.Single(_coordinator.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("can't be used", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reload_CertificateThatEndsSoon_Warns()
    {
        _coordinator.Certificates.Write(_coordinator.CertificateFile, _coordinator.KeyFile, TimeSpan.FromDays(3));

        _coordinator.Reload();

        _coordinator.AssertLogged("Warning", "is valid until");
        await ListAsync(_coordinator.Caller(_token));
    }

    private static async Task ListAsync(CallInvoker caller) => await new Sweeps.SweepsClient(caller).ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None);

    private async Task AssertUnavailableAsync(CallInvoker caller)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => ListAsync(caller));

        Assert.True(exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal, exception.Status.ToString());
        Assert.DoesNotContain(_coordinator.Log.Lines, line => line.Contains(_token, StringComparison.Ordinal));
    }

    /// <summary>Of the certificate that a new connection is shown.</summary>
    private async Task<string> SerialAsync()
    {
        var address = new Uri(_coordinator.Url);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, None);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", CertificateChainPolicy = _coordinator.Certificates.Trust() }, None);
        return ((X509Certificate2)tls.RemoteCertificate!).SerialNumber;
    }
}
