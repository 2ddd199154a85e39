using CloudSweep.Coordinator.Security;
using CloudSweep.Protos.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>Static tokens over TLS: who is let in, to what, and what the others are told.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private SecureCoordinator _coordinator = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _coordinator = await SecureCoordinator.StartAsync();

    public ValueTask DisposeAsync() => _coordinator.DisposeAsync();

    [Fact]
    public async Task Call_WithoutToken_IsUnauthenticatedWhateverTheMethod()
    {
        foreach (var method in AnyMethod.All)
        {
            var status = await AnyMethod.StatusAsync(_coordinator.Caller(), method);

            Assert.Equal((method.Name, StatusCode.Unauthenticated), (method.Name, status.StatusCode));
            Assert.Contains("cloudsweep token create", status.Detail, StringComparison.Ordinal);
            _coordinator.AssertLogged("Warning", $"/{method.Name} ", "unknown", "has no token");
        }
    }

    [Fact]
    public async Task Call_WithTheOtherRole_IsDeniedWhateverTheMethod()
    {
        var (submitter, worker) = (_coordinator.AddToken("mallory", CallerRole.Submitter), _coordinator.AddToken("mallory", CallerRole.Worker));

        foreach (var method in AnyMethod.All)
        {
            var isForWorkers = method.Service == Jobs.Descriptor;
            var status = await AnyMethod.StatusAsync(_coordinator.Caller(isForWorkers ? submitter : worker), method);

            Assert.Equal((method.Name, StatusCode.PermissionDenied), (method.Name, status.StatusCode));
            Assert.Contains($"needs the role {(isForWorkers ? "worker" : "submitter")}", status.Detail, StringComparison.Ordinal);
            _coordinator.AssertLogged("Warning", $"/{method.Name} ", "mallory", "needs the role");
        }
    }

    [Theory]
    [InlineData("cs_wrong")]
    [InlineData("a.b.c")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Call_WithAnUnknownToken_IsUnauthenticated(string token)
    {
        _coordinator.AddToken("alice", CallerRole.Submitter);

        var exception = await RefusedAsync(_coordinator.Secret(token));

        Assert.Equal(StatusCode.Unauthenticated, exception.StatusCode);
        Assert.Contains("unknown", exception.Status.Detail, StringComparison.Ordinal);
        _coordinator.AssertLogged("Warning", "/ListSweeps", "unknown");
    }

    [Fact]
    public async Task Call_WithTheHashInPlaceOfTheToken_IsUnauthenticated()
    {
        _coordinator.AddToken("alice", CallerRole.Submitter);
        var hash = (await File.ReadAllTextAsync(_coordinator.TokensFile, None)).TrimEnd().Split(' ')[^1];

        Assert.Equal(StatusCode.Unauthenticated, (await RefusedAsync(_coordinator.Secret(hash))).StatusCode);
        _coordinator.AssertLogged("Warning", "/ListSweeps", "unknown");
    }

    [Fact]
    public async Task Call_WithAnExpiredToken_IsUnauthenticated()
    {
        var token = _coordinator.AddToken("alice", CallerRole.Submitter, TimeProvider.System.GetUtcNow().AddSeconds(-5));

        var exception = await RefusedAsync(token);

        Assert.Equal(StatusCode.Unauthenticated, exception.StatusCode);
        Assert.Contains("'alice' expired", exception.Status.Detail, StringComparison.Ordinal);
        _coordinator.AssertLogged("Warning", "/ListSweeps", "expired");
    }

    [Fact]
    public async Task Call_AfterTheTokenIsRevoked_IsUnauthenticated()
    {
        var token = _coordinator.AddToken("alice", CallerRole.Submitter);
        await ListAsync(token);

        await File.WriteAllTextAsync(_coordinator.TokensFile, "# nobody\n", None);
        _coordinator.Reload();

        Assert.Equal(StatusCode.Unauthenticated, (await RefusedAsync(token)).StatusCode);
    }

    [Fact]
    public async Task Call_WhileTheFileIsBroken_IsLetInAsBefore()
    {
        var token = _coordinator.AddToken("alice", CallerRole.Submitter);

        await File.AppendAllTextAsync(_coordinator.TokensFile, "half a li", None);
        _coordinator.Reload();

        await ListAsync(token);
        _coordinator.AssertLogged("Error", "line 3 must be");
    }

    [Fact]
    public async Task Call_WithEitherTokenOfAName_IsLetIn()
    {
        var (old, next) = (_coordinator.AddToken("alice", CallerRole.Submitter), _coordinator.AddToken("alice", CallerRole.Submitter));

        await ListAsync(old);
        await ListAsync(next);
    }

    [Fact]
    public async Task Call_OnPlaintextLoopbackWithCredentials_NeedsThemToo()
    {
        await using var plain = await SecureCoordinator.StartAtAsync("http://127.0.0.1:0");

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await plain.SweepsOf(null).ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None));

        Assert.Equal(StatusCode.Unauthenticated, exception.StatusCode);
        await plain.SweepsOf(plain.AddToken("alice", CallerRole.Submitter)).ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None);
    }

    [Fact]
    public async Task Reload_RunsAsADutyOfTheHost()
    {
        var token = TokenFile.AddToken(_coordinator.TokensFile, "alice", CallerRole.Submitter, null);

        await _coordinator.Services.GetRequiredService<FileReload>().RunOnceAsync(TestContext.Current.CancellationToken);

        await ListAsync(token);
    }

    private async Task<ListSweepsResponse> ListAsync(string token) => await _coordinator.SweepsOf(token).ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None);

    private Task<RpcException> RefusedAsync(string token) => Assert.ThrowsAsync<RpcException>(() => ListAsync(token));
}
