namespace CloudSweep.Cli.Generation;

/// <summary>What the command line says, before any of it is believed. Several values of one option are all kept.</summary>
internal sealed record GenerateArguments
{
    public IReadOnlyList<string> Folder { get; init; } = [];

    /// <summary>Values by option; an option without a value has an empty list, one not given is missing.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Options { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What looks like an option and is none. Its value, if any, is among the folders.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    public bool Gzip { get; init; }

    public bool Force { get; init; }
}
