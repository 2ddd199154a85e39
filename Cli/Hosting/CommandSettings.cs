using Microsoft.Extensions.Configuration;

namespace CloudSweep.Cli.Hosting;

/// <summary>The hosts' settings, for commands that use the same services: appsettings.json &lt; environment (<c>CloudSweep__Section__Key</c>) &lt; command line.</summary>
internal static class CommandSettings
{
    /// <param name="settings"><c>--Section:Key=value</c>.</param>
    public static IConfiguration Read(params string[] settings) => new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
        .AddEnvironmentVariables("CloudSweep__")
        .AddCommandLine(settings)
        .Build();
}
