using System.Reflection;
using CloudSweep.Core.Spec;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudSweep.Hosting;

/// <summary>Finds settings that nothing reads, so that a misspelt one is not passed over in silence.</summary>
internal static class KnownSettings
{
    /// <summary>How the names of variables begin that are settings.</summary>
    public const string EnvironmentPrefix = "CloudSweep__";

    // What .NET itself reads, and what is looked for by Google's names.
    private static readonly string[] Others = ["Logging", "environment", "contentRoot", "applicationName", "PUBSUB_EMULATOR_HOST", "STORAGE_EMULATOR_HOST", "GOOGLE_CLOUD_PROJECT"];

    // Hosts of one machine or one compose file often share an environment: what only the other kind of host reads is no mistake there.
    private static readonly string[] OfOneHost =
        ["Listen", "Tls", "Tokens", "Oidc", "Scaler", "Storage", "Leases", "Dispatch", "Packing", "Worker", "Data", "Checkpoints:Interval"];

    /// <summary>Settings on the command line that nothing reads.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="services">What the host will be built of; options bound to a section are found in it.</param>
    public static IEnumerable<string> MistakesIn(string[] args, IServiceCollection services)
    {
        var known = KeysOf(services);
        return
            from key in UnknownIn(new ConfigurationBuilder().AddCommandLine(args).Build(), known)
            select $"'{key}' is no setting. {AdviceFor(key, known, name => name)}";
    }

    /// <summary>Settings among the variables of the environment that neither this host reads nor the other kind of host.</summary>
    /// <param name="environment">The variables, without their prefix.</param>
    /// <param name="services">What the host will be built of; options bound to a section are found in it.</param>
    public static IEnumerable<string> MistakesIn(IConfiguration environment, IServiceCollection services)
    {
        var known = KeysOf(services);
        string[] sections = [.. known.Select(SectionOf).Distinct(StringComparer.OrdinalIgnoreCase)];
        return
            from key in UnknownIn(environment, known)
            where !OfOneHost.Contains(key, StringComparer.OrdinalIgnoreCase)
            where sections.Contains(SectionOf(key), StringComparer.OrdinalIgnoreCase) || !OfOneHost.Contains(SectionOf(key), StringComparer.OrdinalIgnoreCase)
            select $"'{VariableOf(key)}' is no setting. {AdviceFor(key, known, VariableOf)}";
    }

    /// <summary>Types of options that are bound to settings.</summary>
    public static IEnumerable<Type> BoundOptions(IServiceCollection services) => services
        .Select(service => service.ServiceType)
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IOptionsChangeTokenSource<>))
        .Select(type => type.GenericTypeArguments[0])
        .Distinct();

    /// <summary>Settings that bound options are made of, each with what its text has to be.</summary>
    public static IEnumerable<(string Key, Type Type)> SettingsOf(Type options)
    {
        var section = options.GetField("SectionName")?.GetRawConstantValue() as string;
        return IsOurs(options) ? SettingsOf(options, section is null ? "" : $"{section}:") : [];
    }

    private static IEnumerable<string> UnknownIn(IConfiguration settings, string[] known) =>
        from setting in settings.AsEnumerable()
        where setting.Value is not null && !Others.Contains(SectionOf(setting.Key), StringComparer.OrdinalIgnoreCase)
        where !known.Contains(FirstOfList(setting.Key), StringComparer.OrdinalIgnoreCase)
        select setting.Key;

    private static string[] KeysOf(IServiceCollection services) =>
        [.. BoundOptions(services).SelectMany(SettingsOf).Select(setting => setting.Key).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static IEnumerable<(string Key, Type Type)> SettingsOf(Type options, string prefix) =>
        from property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite
        let key = prefix + property.Name
        from known in property.PropertyType switch
        {
            { IsClass: true } type when IsOurs(type) => SettingsOf(type, $"{key}:"),
            { IsGenericType: true } type when type.GenericTypeArguments is [var item] && item == typeof(string) => [($"{key}:0", item)],
            var type => [(key, type)],
        }
        select known;

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("CloudSweep.", StringComparison.Ordinal) == true;

    private static string FirstOfList(string key) =>
        key.LastIndexOf(':') is > 0 and var colon && key[(colon + 1)..] is { Length: > 0 } index && index.All(char.IsAsciiDigit) ? $"{key[..colon]}:0" : key;

    private static string SectionOf(string key) => key.Split(':')[0];

    private static string VariableOf(string key) => EnvironmentPrefix + key.Replace(":", "__", StringComparison.Ordinal);

    private static string AdviceFor(string key, string[] known, Func<string, string> spell) =>
        known.MinBy(candidate => EditDistance.Between(key, candidate)) is { } nearest && EditDistance.Between(key, nearest) <= Math.Max(2, key.Length / 3)
            ? $"Did you mean '{spell(nearest)}'?"
            : "docs/operations.md tells which there are.";
}
