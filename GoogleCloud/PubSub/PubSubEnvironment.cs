using Microsoft.Extensions.Configuration;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>What Google's own variables say.</summary>
/// <param name="EmulatorHost">Of PUBSUB_EMULATOR_HOST; null when it is not set.</param>
/// <param name="Project">Of GOOGLE_CLOUD_PROJECT; null when it is not set.</param>
internal sealed record PubSubEnvironment(string? EmulatorHost, string? Project)
{
    public const string EmulatorVariable = "PUBSUB_EMULATOR_HOST";
    public const string ProjectVariable = "GOOGLE_CLOUD_PROJECT";

    public static PubSubEnvironment Read(IConfiguration configuration) =>
        new(Find(configuration, EmulatorVariable), Find(configuration, ProjectVariable));

    private static string? Find(IConfiguration configuration, string name)
    {
        var value = configuration[name] ?? Environment.GetEnvironmentVariable(name);
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }
}
