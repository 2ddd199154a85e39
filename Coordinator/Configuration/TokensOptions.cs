namespace CloudSweep.Coordinator.Configuration;

/// <summary>Static bearer tokens.</summary>
public sealed class TokensOptions
{
    /// <summary>File of names, roles and token hashes, written by <c>cloudsweep token create</c> and read again when it changes. Default: empty, no such tokens.</summary>
    public string File { get; init; } = "";
}
