using CloudSweep.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Health;

/// <summary>Answers grpc.health.v1 at <see cref="HealthOptions.Listen"/> with the state of the Worker's health checks, and nothing else. Degraded counts as serving.</summary>
internal sealed partial class HealthServer(IOptions<HealthOptions> options, HealthCheckService checks, ILoggerFactory loggers, ILogger<HealthServer> logger) : IHostedService
{
    private WebApplication? _server;

    /// <summary>Where it listens; null before it does, and where nothing is set.</summary>
    public Uri? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (ListenAddress.Parse(options.Value.Listen) is not ListenAddress.Tcp address)
        {
            return;
        }

        _server = Build(address);
        await _server.StartAsync(cancellationToken);
        Address = new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        LogListening(Address);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is { } server)
        {
            _server = null;
            await server.StopAsync(cancellationToken);
            await server.DisposeAsync();
        }
    }

    private WebApplication Build(ListenAddress.Tcp address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddRouting();
        builder.Services.AddGrpc();
        builder.Services.AddGrpcHealthChecks().AddAsyncCheck("worker", CheckAsync);
        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcHealthChecksService();
        return app;
    }

    private async Task<HealthCheckResult> CheckAsync(CancellationToken cancellationToken) => new((await checks.CheckHealthAsync(cancellationToken)).Status);

    [LoggerMessage(Level = LogLevel.Information, Message = "Health is told at {Address}")]
    private partial void LogListening(Uri address);

    /// <summary>Leaves signals to the Worker's host.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
