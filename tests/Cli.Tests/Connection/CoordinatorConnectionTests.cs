using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.Protos.V1;
using CloudSweep.Worker.Connection;
using Grpc.Core;

namespace CloudSweep.Cli.Tests.Connection;

/// <summary>The client's side of TLS and tokens, against a Coordinator as it runs.</summary>
public sealed class CoordinatorConnectionTests : IAsyncLifetime
{
    private TlsServer _server = null!;
    private string _token = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TlsServer.StartAsync();
        _token = await _server.AddTokenAsync("alice");
        await _server.ListenAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Call_WithCaFileAndToken_IsAnswered() => await ListAsync(Options() with { Token = _token });

    [Fact]
    public async Task Call_WithoutToken_IsUnauthenticated() => Assert.Equal(StatusCode.Unauthenticated, (await RefusedAsync(Options())).StatusCode);

    [Fact]
    public async Task Call_WithoutTheCaFile_IsUnavailable() =>
        Assert.NotEqual(StatusCode.Unauthenticated, (await RefusedAsync(new ConnectionOptions { Coordinator = _server.Url, Token = _token })).StatusCode);

    [Fact]
    public async Task Call_WithTheCaOfAnother_IsUnavailable()
    {
        TlsServer.WriteCertificate(_server.PathOf("other.pem"), _server.PathOf("other.key"));

        Assert.NotEqual(StatusCode.Unauthenticated, (await RefusedAsync(Options() with { CaFile = _server.PathOf("other.pem"), Token = _token })).StatusCode);
    }

    [Fact]
    public async Task Call_TokenFileIsReplaced_ShowsTheNewTokenOnTheSameChannel()
    {
        var file = _server.PathOf("token");
        await File.WriteAllTextAsync(file, "revoked\n", None);
        using var channel = CoordinatorConnection.Open(Options() with { TokenFile = file });
        var sweeps = new Sweeps.SweepsClient(channel);
        await Assert.ThrowsAsync<RpcException>(async () => await sweeps.ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None));

        await File.WriteAllTextAsync(file, _token + "\n", None);

        await sweeps.ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None);
    }

    [Fact]
    public async Task Call_TokenFileIsGone_SaysSo()
    {
        var exception = await RefusedAsync(Options() with { TokenFile = _server.PathOf("no-token") });

        Assert.Equal(StatusCode.Unauthenticated, exception.StatusCode);
        Assert.Contains("There is no token to send", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithAnAudience_ShowsAnIdTokenForIt()
    {
        using var channel = CoordinatorConnection.Open(Options() with { OidcAudience = "my-audience" }, new EchoingIdentity(_token));

        await new Sweeps.SweepsClient(channel).ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None);
    }

    [Theory]
    [InlineData("http://coordinator.example:5080")]
    [InlineData("http://10.0.0.1")]
    [InlineData("coordinator:443")]
    [InlineData("https://user:secret@coordinator.example")]
    public void Open_PlaintextOffLoopback_IsRefused(string coordinator)
    {
        var options = new ConnectionOptions { Coordinator = coordinator, Token = _token };

        Assert.Throws<ArgumentException>(() => CoordinatorConnection.Open(options));
        Assert.Equal(nameof(options.Coordinator), Assert.Single(ConnectionRules.MistakesIn(options)).Option);
    }

    [Fact]
    public void MistakesIn_ManyMistakes_AreToldAtOnce()
    {
        var options = new ConnectionOptions { Coordinator = "https://host", CaFile = "/no/ca", TokenFile = "/no/token", Token = "two words", OidcAudience = "a" };

        var mistakes = ConnectionRules.MistakesIn(options).ToList();

        Assert.Equal(["CaFile", "TokenFile", "Token", "OidcAudience"], mistakes.Select(mistake => mistake.Option));
        Assert.DoesNotContain(mistakes, mistake => mistake.Mistake.Contains("two words", StringComparison.Ordinal));
        Assert.DoesNotContain("two words", options.ToString(), StringComparison.Ordinal);
    }

    private ConnectionOptions Options() => new() { Coordinator = _server.Url, CaFile = _server.CaFile };

    private static async Task ListAsync(ConnectionOptions options)
    {
        using var channel = CoordinatorConnection.Open(options);
        await new Sweeps.SweepsClient(channel).ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None);
    }

    private static Task<RpcException> RefusedAsync(ConnectionOptions options) => Assert.ThrowsAsync<RpcException>(() => ListAsync(options));

    private sealed class EchoingIdentity(string token) : IIdentityTokens
    {
        public Task<string> GetAsync(string audience, CancellationToken cancellationToken) => Task.FromResult(audience == "my-audience" ? token : "");
    }
}
