using System.Globalization;
using CloudSweep.Deployment.Tests.Images;
using CloudSweep.Deployment.Tests.Kubernetes;
using k8s.Models;

namespace CloudSweep.Deployment.Tests.Settings;

/// <summary>The settings that a host finds in a container: those of its image, then those that the manifest adds.</summary>
/// <param name="Values">By the name as the host knows it: <c>Section:Key</c>, or one of Google's variables.</param>
internal sealed record ContainerSettings(IReadOnlyDictionary<string, string> Values)
{
    private const string Prefix = "CloudSweep__";

    private static readonly string[] Listeners = ["Listen", "Scaler:Listen", "Health:Listen"];

    /// <summary>Ports of all settings that make the host listen.</summary>
    public int[] ListeningPorts => [.. Listeners.Select(name => Values.GetValueOrDefault(name)).OfType<string>().Select(PortOf).Order()];

    public static ContainerSettings Of(Manifests manifests, V1Container container)
    {
        var maps = (container.EnvFrom ?? []).Select(source => manifests.All<V1ConfigMap>().Single(map => map.Name() == source.ConfigMapRef.Name).Data);
        return From([DockerStage.Of(container.Image).Environment, .. maps, (container.Env ?? []).ToDictionary(variable => variable.Name, variable => ValueOf(container, variable))]);
    }

    /// <summary>Later ones win.</summary>
    public static ContainerSettings From(params IEnumerable<IEnumerable<KeyValuePair<string, string>>> environments)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in environments.SelectMany(environment => environment).Where(variable => IsOfHosts(variable.Key)))
        {
            values[name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal) : name] = value;
        }

        return new ContainerSettings(values);
    }

    /// <summary>A command line that says the same, with folders of the container replaced.</summary>
    /// <param name="folders">Folders of the container, and what stands for them.</param>
    public string[] ToArguments(IReadOnlyDictionary<string, string> folders) => [.. Values.Select(setting => $"--{setting.Key}={Moved(setting.Value, folders)}")];

    private static bool IsOfHosts(string variable) =>
        variable.StartsWith(Prefix, StringComparison.Ordinal) || variable is "GOOGLE_CLOUD_PROJECT" or "PUBSUB_EMULATOR_HOST" or "STORAGE_EMULATOR_HOST";

    private static string Moved(string value, IReadOnlyDictionary<string, string> folders) =>
        folders.Keys.FirstOrDefault(folder => value == folder || value.StartsWith(folder + "/", StringComparison.Ordinal)) is { } from ? folders[from] + value[from.Length..] : value;

    private static int PortOf(string address) => new Uri(address.Replace("*", "any", StringComparison.Ordinal)).Port;

    private static string ValueOf(V1Container container, V1EnvVar variable) => variable.ValueFrom?.ResourceFieldRef is { Resource: "requests.cpu" }
        ? decimal.Ceiling(container.Resources.Requests["cpu"].ToDecimal()).ToString(CultureInfo.InvariantCulture)
        : variable.Value;
}
