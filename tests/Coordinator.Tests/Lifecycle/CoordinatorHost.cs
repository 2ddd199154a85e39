using CloudSweep.Coordinator.Background;
using CloudSweep.Coordinator.Security;
using CloudSweep.Core.Checkpoints;
using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Protos.Keda;
using CloudSweep.Protos.V1;
using CloudSweep.TestSupport;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>A Coordinator in this process behind real gRPC. Time stands still until a test moves it. Duties run when a test runs them, or by themselves as time passes.</summary>
public sealed class CoordinatorHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemorySweepStore _memory = new();
    private readonly StoreChoice _choice;
    private readonly TimeSpan _leaseDuration;
    private readonly bool _runsDuties;
    private WebApplication _app;
    private GrpcChannel _channel;
    private GrpcChannel _scaler;

    private CoordinatorHost(StoreChoice choice, TimeSpan leaseDuration, bool runsDuties)
    {
        (_choice, _leaseDuration, _runsDuties) = (choice, leaseDuration, runsDuties);
        Queue = new InMemoryJobQueue(Time, TimeSpan.FromSeconds(30));
        (_app, _channel, _scaler) = (null!, null!, null!);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    public InMemoryJobQueue Queue { get; }

    public CheckpointStore Checkpoints { get; } = new(new InMemoryObjectStore(), "");

    public Sweeps.SweepsClient Sweeps { get; private set; } = null!;

    public Jobs.JobsClient Jobs { get; private set; } = null!;

    /// <summary>As KEDA is served, at the listener of the scaler.</summary>
    public ExternalScaler.ExternalScalerClient Scaler { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public ISweepStore Store => Services.GetRequiredService<ISweepStore>();

    /// <param name="runsDuties">Duties run by themselves as time passes.</param>
    public static async Task<CoordinatorHost> StartAsync(StoreChoice choice, TimeSpan? leaseDuration = null, bool runsDuties = false)
    {
        var host = new CoordinatorHost(choice, leaseDuration ?? TimeSpan.FromMinutes(1), runsDuties);
        await host.StartAppAsync();
        return host;
    }

    /// <summary>Ends the process, as far as the Coordinator can tell, and starts another on the same store.</summary>
    public async Task RestartAsync()
    {
        await StopAppAsync();
        await StartAppAsync();
    }

    public Task DispatchAsync() => RunAsync<JobDispatcher>();

    public Task ReapAsync() => RunAsync<LeaseReaper>();

    public Task ReconcileAsync() => RunAsync<Reconciler>();

    public Task CleanCheckpointsAsync() => RunAsync<CheckpointJanitor>();

    /// <summary>Lets every lease run out, and one lease more for the reaper, which is careful after its own start.</summary>
    public async Task ExpireLeasesAsync()
    {
        await ReapAsync();
        Time.Advance(_leaseDuration + TimeSpan.FromSeconds(1));
        await ReapAsync();
        Time.Advance(TimeSpan.FromSeconds(2));
    }

    /// <summary>Tells the process to stop, as SIGTERM does.</summary>
    public void RequestStop() => _app.Lifetime.StopApplication();

    /// <summary>Lets time pass, a second at a time, until something can be seen.</summary>
    public async Task AdvanceUntilAsync(Func<Task<bool>> isSeen)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isSeen())
        {
            patience.Token.ThrowIfCancellationRequested();
            Time.Advance(TimeSpan.FromSeconds(1));

            // A turn at the store's one writer: time must not run ahead of the duties that it wakes.
            await Store.WriteAsync(_ => true, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAppAsync();
        _folder.Dispose();
    }

    private Task RunAsync<T>()
        where T : PeriodicDuty => _app.Services.GetRequiredService<T>().RunOnceAsync(TestContext.Current.CancellationToken);

    private async Task StartAppAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Storage:Directory", _folder.Root),
            new("Leases:Duration", _leaseDuration.ToString()),
            new("Packing:ExpectedSlots", "2"),
            new("Checkpoints:Location", _folder["unused"]),
        ]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IJobPublisher>(Queue);
        builder.Services.AddSingleton(Checkpoints);
        var others = builder.Services.Where(service => service.ServiceType == typeof(IHostedService)).ToArray();
        builder.Services.AddCoordinator(builder.Configuration);
        foreach (var duty in builder.Services.Where(service => !_runsDuties && service.ServiceType == typeof(IHostedService)).Except(others).ToArray())
        {
            builder.Services.Remove(duty);
        }

        if (_choice == StoreChoice.Memory)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<ISweepStore>(_memory));
        }

        _app = builder.Build();
        _app.MapCoordinator();
        await _app.StartAsync();
        var server = _app.GetTestServer();
        _channel = GrpcChannel.ForAddress(server.BaseAddress, new GrpcChannelOptions { HttpHandler = server.CreateHandler() });
        Sweeps = new Sweeps.SweepsClient(_channel);
        Jobs = new Jobs.JobsClient(_channel);
        _scaler = GrpcChannel.ForAddress(server.BaseAddress, new GrpcChannelOptions { HttpHandler = server.CreateHandler(call => call.Features.Set(ListenerScope.Scaler)) });
        Scaler = new ExternalScaler.ExternalScalerClient(_scaler);
    }

    private async Task StopAppAsync()
    {
        _channel.Dispose();
        _scaler.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
