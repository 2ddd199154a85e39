using System.Diagnostics;
using CloudSweep.TestSupport.Emulators;
using CloudSweep.TestSupport.Processes;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;

namespace CloudSweep.TestSupport.PubSub;

/// <summary>Google's Pub/Sub emulator: the one that PUBSUB_EMULATOR_HOST names, else a container, else a process. Topics, subscriptions and messages are in its memory only.</summary>
public sealed class PubSubEmulator : Emulator
{
    private static readonly EmulatorTraits Traits = new(
        "pubsub",
        "gcr.io/google.com/cloudsdktool/google-cloud-cli:emulators",
        MayPull: true,
        Port: 8085,
        AddressPrefix: "",
        HealthPath: "/",
        "The Pub/Sub emulator is missing: start a Docker engine, or install Java 17 and the Google Cloud SDK with its component (apt-get install "
        + "google-cloud-cli-pubsub-emulator, or gcloud components install pubsub-emulator), or set PUBSUB_EMULATOR_HOST.");

    public PubSubEmulator()
        : this(Environment.GetEnvironmentVariable("PUBSUB_EMULATOR_HOST"), network: null)
    {
    }

    private PubSubEmulator(string? endpoint, INetwork? network)
        : base(Traits, endpoint, network)
    {
    }

    /// <summary>One of its own whatever PUBSUB_EMULATOR_HOST says, for tests that restart it.</summary>
    public static PubSubEmulator Own() => new(endpoint: null, network: null);

    /// <summary>A container of its own that others reach as <c>pubsub:8085</c>.</summary>
    public static PubSubEmulator On(INetwork network) => new(endpoint: null, network);

    protected override bool HasProgram => FindJar() is not null && RequiredTools.Find("java") is not null;

    protected override ContainerBuilder Describe(ContainerBuilder container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return container.WithCommand("gcloud", "beta", "emulators", "pubsub", "start", "--project=cloudsweep-local", "--host-port=0.0.0.0:8085");
    }

    protected override IProgram StartProcess(int port) => ChildProcess.Start(
        new ProcessStartInfo(RequiredTools.Find("java")!, ["-Xmx256m", "-jar", FindJar()!, "--host=127.0.0.1", $"--port={port}"]), new Dictionary<string, string>());

    private static string? FindJar()
    {
        if (RequiredTools.Find("gcloud") is not { } gcloud)
        {
            return null;
        }

        var folder = Path.Combine(Path.GetDirectoryName(gcloud)!, "..", "platform", "pubsub-emulator", "lib");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "cloud-pubsub-emulator-*-all.jar").Order(StringComparer.Ordinal).LastOrDefault() : null;
    }
}
