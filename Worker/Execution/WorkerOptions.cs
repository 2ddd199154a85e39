using CloudSweep.Worker.Connection;

namespace CloudSweep.Worker.Execution;

/// <summary>How a Worker reaches its Coordinator and how much it runs at once.</summary>
public sealed class WorkerOptions
{
    public const string SectionName = "Worker";

    /// <summary>Where the Coordinator listens: <c>unix:/path/to.sock</c>, <c>http://127.0.0.1:port</c> or <c>https://host:port</c>. Required.</summary>
    public string Coordinator { get; init; } = "";

    /// <summary>PEM file of the certificates to trust instead of the system's, for a Coordinator with a certificate of a private CA. Default: empty.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>File with a token of the role worker and nothing else; read for every call, so it may be replaced any time. Default: empty, no token.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>Audience that the Coordinator expects in ID tokens (its setting Oidc:Audience); the Worker then shows ID tokens of its Google account. Default: empty, none.</summary>
    public string OidcAudience { get; init; } = "";

    /// <summary>The one sweep to work for; jobs of others are left to others. Default: empty, any sweep.</summary>
    public string Sweep { get; init; } = "";

    /// <summary>Jobs at once, 1 to 64. Default: 1.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Training and profiling threads over all slots, 1 to 1024; each slot has at least one. Default: the processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Time that running attempts have to save and report when the Worker is told to stop, 1 s to 10 min. Default: 10 s.</summary>
    /// <remarks>What is not saved by then is trained again from the checkpoint before. The host is given 1.5 s more to come to an end.</remarks>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time without a notification after which an idle slot asks the Coordinator anyway, 100 ms to 10 min. Default: 30 s.</summary>
    /// <remarks>What a lost notification costs at most. The Coordinator may ask for less.</remarks>
    public TimeSpan QuietTime { get; init; } = TimeSpan.FromSeconds(30);

    internal ConnectionOptions Connection => new() { Coordinator = Coordinator, CaFile = CaFile, TokenFile = TokenFile, OidcAudience = OidcAudience };

    internal int ThreadsPerSlot => Math.Max(1, Threads / Slots);
}
