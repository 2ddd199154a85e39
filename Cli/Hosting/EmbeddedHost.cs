using CloudSweep.Coordinator;
using CloudSweep.Core.Domain;
using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Protos.V1;
using CloudSweep.Worker;
using CloudSweep.Worker.Connection;
using CloudSweep.Worker.Execution;
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
/// A Coordinator in this process, and a Worker once it is known for which sweep, with an in-process queue and real gRPC between them
/// over a Unix socket that only this user may use.
/// </summary>
internal sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly EmbeddedSettings _settings;
    private readonly string _socket;
    private readonly InMemoryJobQueue _queue = new(TimeProvider.System, TimeSpan.FromSeconds(30));
    private readonly FileLoggerProvider _log;
    private readonly StoreAlarm _alarm = new();
    private readonly WebApplication _coordinator;
    private readonly GrpcChannel _channel;
    private readonly Stack<IHost> _started = new();
    private IHost? _worker;

    private EmbeddedHost(EmbeddedSettings settings)
    {
        (_settings, _socket) = (settings, settings.State.NewSocket());
        _log = new FileLoggerProvider(Path.Combine(settings.State.Logs, "run.log"), TimeProvider.System);
        _coordinator = BuildCoordinator();
        _channel = CoordinatorConnection.Open(new ConnectionOptions { Coordinator = $"unix:{_socket}" });
        Sweeps = new Sweeps.SweepsClient(_channel);
    }

    /// <summary>The Coordinator, as any client sees it.</summary>
    public Sweeps.SweepsClient Sweeps { get; }

    /// <summary>Ends, with the reason, when the store can't be written any more; the Worker would try again for ever.</summary>
    public Task<StoreUnavailableException> StoreFailure => _alarm.Raised;

    /// <summary>Starts the Coordinator. Nothing is trained before <see cref="StartWorkerAsync"/>.</summary>
    public static async Task<EmbeddedHost> StartAsync(EmbeddedSettings settings, CancellationToken cancellationToken)
    {
        var host = new EmbeddedHost(settings);
        try
        {
            await host.StartAsync(host._coordinator);
            StateDirectory.Protect(host._socket);
            cancellationToken.ThrowIfCancellationRequested();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the Coordinator has stored of a sweep.</summary>
    public async Task<SweepRecord> ReadSweepAsync(string sweep, CancellationToken cancellationToken) =>
        await _coordinator.Services.GetRequiredService<ISweepStore>().ReadAsync(view => view.FindSweep(new SweepId(sweep)), cancellationToken)
            ?? throw new SweepNotFoundException($"There is no sweep {sweep}.");

    /// <summary>A stored trial; null where the sweep has none of this number.</summary>
    public Task<TrialRecord?> FindTrialAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        _coordinator.Services.GetRequiredService<ISweepStore>().ReadAsync(view => view.FindTrial(new SweepId(sweep), trial), cancellationToken);

    /// <summary>Starts a Worker for one sweep: others that are open in the folder wait for a run of their own. Returns what it may take.</summary>
    public async Task<ResourceBounds> StartWorkerAsync(string sweep)
    {
        _worker = BuildWorker(sweep);
        await StartAsync(_worker);
        return _worker.Services.GetRequiredService<ResourceBounds>();
    }

    /// <summary>Stops the Worker, which saves a checkpoint and gives its jobs back, then the Coordinator.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var host))
        {
            await host.StopAsync(CancellationToken.None);
        }

        _worker?.Dispose();
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

    private WebApplication BuildCoordinator()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        SetUp(builder.Services, builder.Logging);
        builder.Services.AddSingleton<IJobPublisher>(_queue);
        builder.Services.AddCoordinator(Configuration(sweep: ""));
        AlarmedSweepStore.Wrap(builder.Services, _alarm);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(_socket, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.MapCoordinator();
        return app;
    }

    private IHost BuildWorker(string sweep)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        SetUp(builder.Services, builder.Logging);
        builder.Services.AddSingleton<IJobSubscriber>(_queue);
        builder.Services.AddWorker(Configuration(sweep));
        return builder.Build();
    }

    private IConfigurationRoot Configuration(string sweep) =>
        new ConfigurationBuilder().AddInMemoryCollection(_settings.ToConfiguration(_socket, sweep)).Build();

    private void SetUp(IServiceCollection services, ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddProvider(_log);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Grpc", LogLevel.Warning);
        services.AddSingleton<IHostLifetime, NoLifetime>();
    }
}
