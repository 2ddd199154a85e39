using System.Net.Security;
using CloudSweep.Coordinator.Security;
using CloudSweep.Protos.V1;
using CloudSweep.TestSupport;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerHost = CloudSweep.Coordinator.CoordinatorHost;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>The Coordinator as it runs in production: its own Kestrel with TLS of a private CA, tokens from a file, and every line of its log kept.</summary>
internal sealed class SecureCoordinator : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _secrets = [];
    private readonly List<GrpcChannel> _channels = [];
    private WebApplication _app = null!;

    private SecureCoordinator()
    {
    }

    public TestCertificates Certificates { get; } = new();

    public RecordedLog Log { get; } = new();

    public string CertificateFile => PathOf("tls.pem");

    public string KeyFile => PathOf("tls.key");

    public string TokensFile => PathOf("tokens");

    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens, health last.</summary>
    public IReadOnlyList<string> Addresses => [.. _app.Urls];

    public string Url => Addresses[0];

    public static Task<SecureCoordinator> StartAsync(params IEnumerable<string> settings) => StartAtAsync("https://127.0.0.1:0", settings);

    public static async Task<SecureCoordinator> StartAtAsync(string listen, params IEnumerable<string> settings)
    {
        var coordinator = new SecureCoordinator();
        var isTls = listen.StartsWith("https", StringComparison.Ordinal);
        coordinator.Certificates.Write(coordinator.CertificateFile, coordinator.KeyFile);
        await File.WriteAllTextAsync(coordinator.TokensFile, "", TestContext.Current.CancellationToken);
        string[] tls = isTls ? [$"--Tls:CertificateFile={coordinator.CertificateFile}", $"--Tls:KeyFile={coordinator.KeyFile}"] : [];
        coordinator._app = ServerHost.Build(
        [
            $"--Listen={listen}",
            $"--Storage:Directory={coordinator.PathOf("state")}",
            $"--Checkpoints:Location={coordinator.PathOf("checkpoints")}",
            $"--Tokens:File={coordinator.TokensFile}",
            "--Logging:Console:LogLevel:Default=None",
            "--Logging:LogLevel:Default=Debug",
            "--Logging:LogLevel:Microsoft.AspNetCore=Debug",
            .. tls,
            .. settings,
        ]);
        coordinator.Services.GetRequiredService<ILoggerFactory>().AddProvider(coordinator.Log);
        await coordinator._app.StartAsync(TestContext.Current.CancellationToken);
        return coordinator;
    }

    public string PathOf(string name) => Path.Combine(_folder.Root, name);

    /// <summary>Makes a token that the Coordinator accepts from now on.</summary>
    public string AddToken(string name, CallerRole role, DateTimeOffset? expiresAt = null)
    {
        var token = TokenFile.AddToken(TokensFile, name, role, expiresAt);
        Reload();
        return Secret(token);
    }

    /// <summary>What the duty does every few seconds.</summary>
    public void Reload()
    {
        foreach (var files in Services.GetServices<IReloaded>())
        {
            files.Refresh();
        }
    }

    /// <summary>Something that must never be seen in the log.</summary>
    public string Secret(string secret)
    {
        _secrets.Add(secret);
        return secret;
    }

    /// <summary>Calls with a token, or without one.</summary>
    public CallInvoker Caller(string? token = null, SslClientAuthenticationOptions? tls = null, string? url = null)
    {
        var channel = GrpcChannel.ForAddress(url ?? Url, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { SslOptions = tls ?? new SslClientAuthenticationOptions { CertificateChainPolicy = Certificates.Trust() } },
            DisposeHttpClient = true,
            MaxSendMessageSize = null,
        });
        _channels.Add(channel);
        return channel.Intercept(metadata =>
        {
            if (token is not null)
            {
                metadata.Add("authorization", $"Bearer {token}");
            }

            return metadata;
        });
    }

    public Sweeps.SweepsClient SweepsOf(string? token) => new(Caller(token));

    public Jobs.JobsClient JobsOf(string? token) => new(Caller(token));

    /// <summary>The log tells of something, and of no secret.</summary>
    public void AssertLogged(params string[] parts)
    {
        Assert.Contains(Log.Lines, line => parts.All(part => line.Contains(part, StringComparison.Ordinal)));
        Assert.All(_secrets, secret => Assert.DoesNotContain(Log.Lines, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await _app.StopAsync();
        await _app.DisposeAsync();
        Certificates.Dispose();
        _folder.Dispose();
    }
}
