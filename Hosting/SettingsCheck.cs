using CloudSweep.Core.Domain;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudSweep.Hosting;

/// <summary>Reads all settings before a host is built of them, so that every mistake is told at once.</summary>
internal static class SettingsCheck
{
    /// <param name="services">What the host will be built of; options bound to a section are found in it.</param>
    /// <exception cref="InvalidSettingsException">A setting can't be read or breaks a rule.</exception>
    public static void Require(IServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        var mistakes = services
            .Select(service => service.ServiceType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IOptionsChangeTokenSource<>))
            .Select(type => typeof(IOptions<>).MakeGenericType(type.GenericTypeArguments))
            .Distinct()
            .SelectMany(options => MistakesOf(options, provider))
            .ToArray();
        if (mistakes.Length > 0)
        {
            throw new InvalidSettingsException(mistakes);
        }
    }

    private static IEnumerable<string> MistakesOf(Type options, IServiceProvider provider)
    {
        try
        {
            options.GetProperty(nameof(IOptions<>.Value))!.GetValue(provider.GetRequiredService(options), System.Reflection.BindingFlags.DoNotWrapExceptions, null, null, null);
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
        catch (InvalidOperationException exception)
        {
            // Text that is no number, time or truth: the binder names setting, value and type.
            return [exception.Message];
        }
    }
}
