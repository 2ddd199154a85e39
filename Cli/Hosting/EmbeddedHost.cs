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

    private readonly WebApplication _coordinator;
    private readonly IHost _worker;
    private readonly GrpcChannel _channel;
    private readonly FileLoggerProvider _log;
    private readonly Stack<IHost> _started = new();

    private EmbeddedHost(WebApplication coordinator, IHost worker, GrpcChannel channel, FileLoggerProvider log)
    {
        (_coordinator, _worker, _channel, _log) = (coordinator, worker, channel, log);
        Sweeps = new Sweeps.SweepsClient(channel);
    }

    /// <summary>The Coordinator, as any client sees it.</summary>
    public Sweeps.SweepsClient Sweeps { get; }

    public static async Task<EmbeddedHost> StartAsync(EmbeddedSettings settings, CancellationToken cancellationToken)
    {
        var socket = settings.State.NewSocket();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToConfiguration(socket)).Build();
        var queue = new InMemoryJobQueue(TimeProvider.System, TimeSpan.FromSeconds(30));
        var log = new FileLoggerProvider(Path.Combine(settings.State.Logs, "run.log"), TimeProvider.System);
        var worker = BuildWorker(configuration, queue, log);
        var coordinator = BuildCoordinator(configuration, socket, queue, worker.Services.GetRequiredService<ICheckpointStore>(), log);
        var host = new EmbeddedHost(coordinator, worker, UnixSocketChannel.Open(socket, MaxMessageBytes), log);
        try
        {
            await host.StartAsync(coordinator);
            StateDirectory.Protect(socket);
            await host.StartAsync(worker);
            cancellationToken.ThrowIfCancellationRequested();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the Worker, which saves a checkpoint and gives its jobs back, then the Coordinator.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var host))
        {
            await host.StopAsync(CancellationToken.None);
        }

        _worker.Dispose();
        _channel.Dispose();
        await _coordinator.DisposeAsync();
        _log.Dispose();
    }

    /// <summary>A start that is cancelled half-way counts as a failure; it is short, so it runs to its end.</summary>
    private async Task StartAsync(IHost host)
    {
        await host.StartAsync(CancellationToken.None);
        _started.Push(host);
    }

    private static WebApplication BuildCoordinator(IConfiguration configuration, string socket, InMemoryJobQueue queue, ICheckpointStore checkpoints, FileLoggerProvider log)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        SetUp(builder.Services, builder.Logging, log);
        builder.Services.AddSingleton<IJobPublisher>(queue);
        builder.Services.AddSingleton(checkpoints);
        builder.Services.AddCoordinator(configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.MapCoordinator();
        return app;
    }

    private static IHost BuildWorker(IConfiguration configuration, InMemoryJobQueue queue, FileLoggerProvider log)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        SetUp(builder.Services, builder.Logging, log);
        builder.Services.AddSingleton<IJobSubscriber>(queue);
        builder.Services.AddWorker(configuration);
        return builder.Build();
    }

    private static void SetUp(IServiceCollection services, ILoggingBuilder logging, FileLoggerProvider log)
    {
        logging.ClearProviders();
        logging.AddProvider(log);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Grpc", LogLevel.Warning);
        services.AddSingleton<IHostLifetime, NoLifetime>();
    }
}
