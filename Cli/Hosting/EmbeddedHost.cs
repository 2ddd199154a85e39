using CloudSweep.Coordinator;
using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports;
using CloudSweep.Protos.V1;
using CloudSweep.Worker;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudSweep.Cli.Hosting;

/// <summary>
/// A Coordinator and a Worker in this process, with an in-process queue and real gRPC between them over a Unix socket
/// that only this user may use.
/// </summary>
internal sealed class EmbeddedHost : IAsyncDisposable
{
    private const int MaxMessageBytes = 64 << 20;

    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private EmbeddedHost(WebApplication app, GrpcChannel channel)
    {
        (_app, _channel) = (app, channel);
        Sweeps = new Sweeps.SweepsClient(channel);
    }

    /// <summary>The Coordinator, as any client sees it.</summary>
    public Sweeps.SweepsClient Sweeps { get; }

    public static async Task<EmbeddedHost> StartAsync(EmbeddedSettings settings, CancellationToken cancellationToken)
    {
        var socket = Path.Combine(settings.State.CreateSocketDirectory(), "cloudsweep.sock");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.ToConfiguration(socket));
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new FileLoggerProvider(Path.Combine(settings.State.Logs, "run.log"), TimeProvider.System));
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Grpc", LogLevel.Warning);
        builder.Services.AddSingleton(services => new InMemoryJobQueue(TimeProvider.System, TimeSpan.FromSeconds(30)));
        builder.Services.AddSingleton<IJobPublisher>(services => services.GetRequiredService<InMemoryJobQueue>());
        builder.Services.AddSingleton<IJobSubscriber>(services => services.GetRequiredService<InMemoryJobQueue>());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddCoordinator(builder.Configuration);
        builder.Services.AddWorker(builder.Configuration);
        File.Delete(socket);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));

        var app = builder.Build();
        app.MapCoordinator();
        await app.StartAsync(cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new EmbeddedHost(app, UnixSocketChannel.Open(socket, MaxMessageBytes));
    }

    /// <summary>Stops the Worker, which saves a checkpoint and gives its jobs back, then the Coordinator.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        _channel.Dispose();
        await _app.DisposeAsync();
    }
}
