using CloudSweep.Core.Domain;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudSweep.Hosting;

/// <summary>Reads all settings before a host is built of them, so that every mistake is told at once.</summary>
internal static class SettingsCheck
{
    /// <param name="args">The command line.</param>
    /// <param name="services">What the host will be built of; options bound to a section are found in it.</param>
    /// <exception cref="InvalidSettingsException">A setting is unknown, can't be read or breaks a rule.</exception>
    public static void Require(string[] args, IServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        string[] mistakes =
        [
            .. KnownSettings.MistakesIn(args, services),
            .. KnownSettings.MistakesIn(new ConfigurationBuilder().AddEnvironmentVariables(KnownSettings.EnvironmentPrefix).Build(), services),
            .. KnownSettings.BoundOptions(services).SelectMany(options => MistakesOf(options, provider)),
        ];
        if (mistakes.Length > 0)
        {
            throw new InvalidSettingsException(mistakes);
        }
    }

    private static IEnumerable<string> MistakesOf(Type options, IServiceProvider provider)
    {
        // What can't be read leaves nothing to check rules on.
        if (UnreadableText.In(provider.GetRequiredService<IConfiguration>(), KnownSettings.SettingsOf(options)) is { Count: > 0 } unreadable)
        {
            return unreadable;
        }

        try
        {
            var type = typeof(IOptions<>).MakeGenericType(options);
            type.GetProperty(nameof(IOptions<>.Value))!.GetValue(provider.GetRequiredService(type), System.Reflection.BindingFlags.DoNotWrapExceptions, null, null, null);
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
        catch (InvalidOperationException exception)
        {
            // Of settings that .NET reads, such as those of the log: the binder names setting, value and type.
            return [exception.Message];
        }
    }
}
