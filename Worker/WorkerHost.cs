using CloudSweep.Core.Domain;
using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports;
using CloudSweep.GoogleCloud.PubSub;
using CloudSweep.Hosting;
using CloudSweep.Worker.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace CloudSweep.Worker;

/// <summary>A Worker as a process of its own.</summary>
public static class WorkerHost
{
    // Nobody publishes to the queue of a Worker without a broker: every slot asks the Coordinator after its quiet time.
    private static readonly TimeSpan UnusedDeadline = TimeSpan.FromMinutes(1);

    /// <summary>Reads the settings and sets everything up; nothing runs before the host starts.</summary>
    /// <param name="args">Settings, <c>--Section:Key=value</c>; they win over environment variables (<c>CloudSweep__Section__Key</c>), and those over appsettings.json.</param>
    /// <exception cref="InvalidSettingsException">Settings break rules; all of them are told.</exception>
    public static IHost Build(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Configuration.AddCloudSweepSources(args);
        builder.Logging.AddConsoleLines();
        builder.Services.AddWorker(builder.Configuration);
        builder.Services.AddPubSubSubscriber(builder.Configuration);
        builder.Services.AddHealthServer(builder.Configuration);

        // Attempts begin to save at once, whoever still listens to the health server.
        builder.Services.Configure<HostOptions>(host => host.ServicesStopConcurrently = true);
        builder.Services.TryAddSingleton<IJobSubscriber>(services => new InMemoryJobQueue(services.GetRequiredService<TimeProvider>(), UnusedDeadline));

        SettingsCheck.Require(args, builder.Services);
        return builder.Build();
    }
}
