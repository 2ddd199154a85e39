using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CloudSweep.Coordinator.Security;
using CloudSweep.Protos.Keda;
using Grpc.Core;
using Grpc.Health.V1;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>Who gets through to the scaler, and that nothing else is behind its listener.</summary>
public sealed class ScalerTlsTests : IAsyncLifetime
{
    private const string ForClients = "1.3.6.1.5.5.7.3.2";
    private const string ForServers = "1.3.6.1.5.5.7.3.1";

    private readonly TestCertificates _authority = new();
    private readonly TestCertificates _others = new();
    private readonly TemporaryCertificateFiles _files = new();
    private readonly List<X509Certificate2> _issued = [];
    private SecureCoordinator _coordinator = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    /// <summary>The listener's certificate is of another authority than its callers', so that neither stands in for the other.</summary>
    public async ValueTask InitializeAsync()
    {
        _others.Write(_files.Certificate, _files.Key);
        await File.WriteAllTextAsync(_files.ClientCa, _authority.CaPem, None);
        _coordinator = await SecureCoordinator.StartAsync(
            "--Scaler:Listen=https://127.0.0.1:0", $"--Scaler:CertificateFile={_files.Certificate}", $"--Scaler:KeyFile={_files.Key}", $"--Scaler:ClientCaFile={_files.ClientCa}");
    }

    public async ValueTask DisposeAsync()
    {
        await _coordinator.DisposeAsync();
        _issued.ForEach(certificate => certificate.Dispose());
        _authority.Dispose();
        _others.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Connect_WithACertificateForClients_IsServedWithoutAToken()
    {
        var scaler = AtScaler(_authority.Issue([ForClients]));

        Assert.False(await IsActiveAsync(scaler));
        using var stream = new ExternalScaler.ExternalScalerClient(scaler).StreamIsActive(new ScaledObjectRef(), cancellationToken: None);
        Assert.True(await stream.ResponseStream.MoveNext(None));
        Assert.False(stream.ResponseStream.Current.Result);
    }

    [Fact]
    public async Task Connect_WithoutACertificate_IsRefusedAndLogged() => await AssertRefusedAsync(null, "it shows no certificate");

    [Fact]
    public async Task Connect_WithACertificateOfAnotherAuthority_IsRefused() => await AssertRefusedAsync(_others.Issue([ForClients]), "does not chain to", "PartialChain");

    [Fact]
    public async Task Connect_WithACertificateOfTheSameNameSignedByAnother_IsRefused()
    {
        using var pretender = new TestCertificates();

        await AssertRefusedAsync(pretender.Issue([ForClients]), "does not chain to", "PartialChain");
    }

    [Fact]
    public async Task Connect_WithAnExpiredCertificate_IsRefused() => await AssertRefusedAsync(_authority.Issue([ForClients], TimeSpan.FromSeconds(-5)), "does not chain to", "NotTimeValid");

    [Fact]
    public async Task Connect_WithACertificateForServersOnly_IsRefused() => await AssertRefusedAsync(_authority.Issue([ForServers]), "does not chain to", "NotValidForUsage");

    [Fact]
    public async Task Connect_WithACertificateThatDoesNotSayWhatItIsFor_IsRefused() => await AssertRefusedAsync(_authority.Issue([]), "is not made for clients");

    [Fact]
    public async Task Connect_WithACertificateSignedByACallersCertificate_IsRefused()
    {
        using var leaf = _authority.Issue([ForClients]);
        using var own = new TestCertificates(leaf);
        var tls = Tls(null);
        tls.ClientCertificateContext = SslStreamCertificateContext.Create(Keep(own.Issue([ForClients])), [leaf], offline: true);

        await AssertUnavailableAsync(_coordinator.Caller(tls: tls, url: _coordinator.Addresses[1]));

        _coordinator.AssertLogged("Warning: Refused the caller", "does not chain to");
    }

    [Fact]
    public async Task Connect_WithATokenInPlaceOfACertificate_IsRefused()
    {
        var token = _coordinator.AddToken("alice", CallerRole.Submitter);

        await AssertUnavailableAsync(_coordinator.Caller(token, Tls(null), _coordinator.Addresses[1]));
    }

    [Fact]
    public async Task Methods_OfOtherServices_AreNotThereWhateverTheCallerShows()
    {
        var certificate = Keep(_authority.Issue([ForClients]));

        foreach (var token in (string?[])[null, _coordinator.AddToken("alice", CallerRole.Submitter), _coordinator.AddToken("w", CallerRole.Worker)])
        {
            var caller = _coordinator.Caller(token, Tls(certificate), _coordinator.Addresses[1]);
            foreach (var method in AnyMethod.All.Concat(Health.Descriptor.Methods))
            {
                var status = await AnyMethod.StatusAsync(caller, method);
                Assert.Equal((method.Name, StatusCode.Unimplemented), (method.Name, status.StatusCode));
                Assert.Contains("externalscaler.ExternalScaler only", status.Detail, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Method_OfANewerContract_IsUnimplementedAsKedaExpects()
    {
        var method = new Method<byte[], byte[]>(
            MethodType.ServerStreaming, ExternalScaler.Descriptor.FullName, "StreamMetricSpec", Marshallers.Create(bytes => bytes, bytes => bytes), Marshallers.Create(bytes => bytes, bytes => bytes));
        using var call = AtScaler(_authority.Issue([ForClients])).AsyncServerStreamingCall(method, null, new CallOptions(cancellationToken: None), []);

        Assert.Equal(StatusCode.Unimplemented, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(None))).StatusCode);
    }

    [Fact]
    public async Task Scaler_AtTheMainListener_IsNotThereWhateverTheCallerShows()
    {
        var certificate = Keep(_authority.Issue([ForClients]));
        var tls = new SslClientAuthenticationOptions { CertificateChainPolicy = _coordinator.Certificates.Trust(), ClientCertificateContext = Context(certificate) };

        foreach (var token in (string?[])[null, _coordinator.AddToken("alice", CallerRole.Submitter), _coordinator.AddToken("w", CallerRole.Worker)])
        {
            foreach (var method in AnyMethod.OfScaler)
            {
                var status = await AnyMethod.StatusAsync(_coordinator.Caller(token, tls), method);
                Assert.Equal((method.Name, StatusCode.Unimplemented), (method.Name, status.StatusCode));
                Assert.Contains("Scaler:Listen", status.Detail, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("ExternalScaler.EXTERNALSCALER", "isactive")]
    [InlineData("externalscaler%2EExternalScaler", "IsActive")]
    public async Task Scaler_AtTheMainListenerInAnotherSpelling_IsNotThereEither(string service, string name)
    {
        var method = new Method<byte[], byte[]>(MethodType.Unary, service, name, Marshallers.Create(bytes => bytes, bytes => bytes), Marshallers.Create(bytes => bytes, bytes => bytes));

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await _coordinator.Caller(_coordinator.AddToken("alice", CallerRole.Submitter)).AsyncUnaryCall(method, null, new CallOptions(cancellationToken: None), []));

        Assert.Equal(StatusCode.Unimplemented, exception.StatusCode);
    }

    [Fact]
    public async Task Scaler_OfALocalCoordinator_NeedsACertificateToo()
    {
        await using var local = await SecureCoordinator.StartAtAsync(
            "http://127.0.0.1:0",
            "--Tokens:File=", "--Scaler:Listen=https://127.0.0.1:0", $"--Scaler:CertificateFile={_files.Certificate}", $"--Scaler:KeyFile={_files.Key}", $"--Scaler:ClientCaFile={_files.ClientCa}");

        await AssertUnavailableAsync(local.Caller(tls: Tls(null), url: local.Addresses[1]));
        Assert.False(await IsActiveAsync(local.Caller(tls: Tls(Keep(_authority.Issue([ForClients]))), url: local.Addresses[1])));
        foreach (var method in AnyMethod.OfScaler)
        {
            Assert.Equal(StatusCode.Unimplemented, (await AnyMethod.StatusAsync(local.Caller(), method)).StatusCode);
        }
    }

    [Fact]
    public async Task Scaler_WithoutItsSetting_IsNowhere()
    {
        await using var without = await SecureCoordinator.StartAsync();

        Assert.Single(without.Addresses);
        Assert.Equal(StatusCode.Unimplemented, (await AnyMethod.StatusAsync(without.Caller(without.AddToken("alice", CallerRole.Submitter)), AnyMethod.OfScaler[0])).StatusCode);
    }

    [Fact]
    public async Task Reload_AnotherAuthority_LetsItsCallersInAndNoOthers()
    {
        var (before, after) = (_authority.Issue([ForClients]), _others.Issue([ForClients]));
        Assert.False(await IsActiveAsync(AtScaler(before)));

        await File.WriteAllTextAsync(_files.ClientCa, _others.CaPem, None);
        Assert.False(await IsActiveAsync(AtScaler(before)));
        _coordinator.Reload();

        await AssertUnavailableAsync(AtScaler(before));
        Assert.False(await IsActiveAsync(AtScaler(after)));
    }

    [Fact]
    public async Task Reload_BothAuthorities_LetsBothIn()
    {
        await File.WriteAllTextAsync(_files.ClientCa, $"{_others.CaPem}\n{_authority.CaPem}\n", None);
        _coordinator.Reload();

        Assert.False(await IsActiveAsync(AtScaler(_authority.Issue([ForClients]))));
        Assert.False(await IsActiveAsync(AtScaler(_others.Issue([ForClients]))));
    }

    [Fact]
    public async Task Reload_FileThatCantBeUsed_KeepsTheAuthorityAndSaysSo()
    {
        await File.WriteAllTextAsync(_files.ClientCa, "nothing", None);
        _coordinator.Reload();

        Assert.False(await IsActiveAsync(AtScaler(_authority.Issue([ForClients]))));
        _coordinator.AssertLogged("Error", _files.ClientCa, "can't be used, what was read before stays");
    }

    [Fact]
    public async Task Reload_NewCertificateOfTheListener_IsShownToNewCallers()
    {
        var client = _authority.Issue([ForClients]);
        _authority.Write(_files.Certificate, _files.Key);

        _coordinator.Reload();

        await AssertUnavailableAsync(AtScaler(client));
        var tls = new SslClientAuthenticationOptions { CertificateChainPolicy = _authority.Trust(), ClientCertificateContext = Context(client) };
        Assert.False(await IsActiveAsync(_coordinator.Caller(tls: tls, url: _coordinator.Addresses[1])));
    }

    private static async Task<bool> IsActiveAsync(CallInvoker caller) =>
        (await new ExternalScaler.ExternalScalerClient(caller).IsActiveAsync(new ScaledObjectRef(), cancellationToken: None)).Result;

    private static SslStreamCertificateContext Context(X509Certificate2 certificate) => SslStreamCertificateContext.Create(certificate, null, offline: true);

    private static async Task AssertUnavailableAsync(CallInvoker caller)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => IsActiveAsync(caller));

        Assert.True(exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal, exception.Status.ToString());
    }

    private async Task AssertRefusedAsync(X509Certificate2? certificate, string reason, string detail = "")
    {
        await AssertUnavailableAsync(AtScaler(certificate));

        Assert.Contains(_coordinator.Log.Lines, line =>
            line.StartsWith("Warning: Refused the caller at 127.0.0.1:", StringComparison.Ordinal)
            && line.Contains(reason, StringComparison.Ordinal)
            && line.Contains(detail, StringComparison.Ordinal));
    }

    private CallInvoker AtScaler(X509Certificate2? certificate) => _coordinator.Caller(tls: Tls(certificate is null ? null : Keep(certificate)), url: _coordinator.Addresses[1]);

    private SslClientAuthenticationOptions Tls(X509Certificate2? certificate) => new()
    {
        CertificateChainPolicy = _others.Trust(),
        ClientCertificateContext = certificate is null ? null : Context(certificate),
    };

    private X509Certificate2 Keep(X509Certificate2 certificate)
    {
        _issued.Add(certificate);
        return certificate;
    }
}
