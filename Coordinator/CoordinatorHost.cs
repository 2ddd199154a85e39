using CloudSweep.Coordinator.Background;
using CloudSweep.Coordinator.Security;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.GoogleCloud.PubSub;
using CloudSweep.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudSweep.Coordinator;

/// <summary>A Coordinator as a process of its own.</summary>
public static class CoordinatorHost
{
    /// <summary>Reads the settings and sets everything up; nothing listens before the host starts.</summary>
    /// <param name="args">Settings, <c>--Section:Key=value</c>; they win over environment variables (<c>CloudSweep__Section__Key</c>), and those over appsettings.json.</param>
    /// <exception cref="InvalidSettingsException">Settings break rules; all of them are told.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddCloudSweepSources(args);
        builder.Logging.AddConsoleLines();
        builder.Services.AddCoordinator(builder.Configuration);
        builder.Services.AddListeners();
        builder.Services.AddPubSubPublisher(builder.Configuration);

        // Without a broker Workers poll.
        builder.Services.TryAddSingleton<IJobPublisher, SilentJobPublisher>();

        SettingsCheck.Require(args, builder.Services);
        return builder.Build().MapCoordinator().ProtectSocket();
    }
}
