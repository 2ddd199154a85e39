using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace CloudSweep.Hosting;

/// <summary>Where a host's settings come from and where its log goes.</summary>
internal static class HostSettings
{
    // Every call would be a line or four; a failed start is told by the process itself, in one line.
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = nameof(LogLevel.Error), // There are no cookies, so its keys need not be kept.
        ["Logging:LogLevel:Grpc"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:CloudSweep.Coordinator.Security.CallerAuthentication"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = nameof(LogLevel.Critical),
    };

    /// <summary>appsettings.json &lt; environment (<c>CloudSweep__Section__Key</c>) &lt; command line (<c>--Section:Key=value</c>).</summary>
    public static void AddCloudSweepSources(this IConfigurationBuilder configuration, string[] args)
    {
        // A variable without the prefix was not meant for CloudSweep.
        foreach (var source in configuration.Sources.OfType<EnvironmentVariablesConfigurationSource>().Where(source => string.IsNullOrEmpty(source.Prefix)).ToArray())
        {
            configuration.Sources.Remove(source);
        }

        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        configuration.AddEnvironmentVariables(KnownSettings.EnvironmentPrefix).AddCommandLine(args);
    }

    /// <summary>One line an event on the console, with the time in UTC.</summary>
    public static void AddConsoleLines(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
    }
}
