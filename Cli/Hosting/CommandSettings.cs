using CloudSweep.Coordinator;
using CloudSweep.Core.Domain;
using CloudSweep.GoogleCloud.PubSub;
using CloudSweep.Hosting;
using CloudSweep.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Cli.Hosting;

/// <summary>The hosts' settings, for commands that use the same services: appsettings.json &lt; environment (<c>CloudSweep__Section__Key</c>) &lt; command line.</summary>
internal static class CommandSettings
{
    /// <param name="settings"><c>--Section:Key=value</c>.</param>
    public static IConfiguration Read(params string[] settings) => new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
        .AddEnvironmentVariables(KnownSettings.EnvironmentPrefix)
        .AddCommandLine(settings)
        .Build();

    /// <summary>As <see cref="Read"/>, for a command that takes the settings of both hosts.</summary>
    /// <exception cref="InvalidSettingsException">Neither host reads one of them.</exception>
    public static IConfiguration ReadOfHosts(string[] settings)
    {
        var read = Read(settings);
        string[] mistakes = [.. KnownSettings.MistakesIn(settings, new ServiceCollection().AddCoordinator(read).AddWorker(read).AddPubSubAdministration(read))];
        return mistakes.Length == 0 ? read : throw new InvalidSettingsException(mistakes);
    }
}
