namespace CloudSweep.Worker.Connection;

/// <summary>Where a Coordinator is, whom its client trusts and how the client shows who it is. At most one of the three kinds of credentials is given.</summary>
public sealed record ConnectionOptions
{
    /// <summary><c>unix:/absolute/path</c>, <c>http://127.0.0.1:port</c> (this machine only) or <c>https://host:port</c>.</summary>
    public required string Coordinator { get; init; }

    /// <summary>PEM file of the certificates to trust instead of the system's, for a private CA; the host name is checked all the same. Empty: those of the system.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>The token itself; a secret. Empty: none.</summary>
    public string Token { get; init; } = "";

    /// <summary>File with a token and nothing else, read for every call, so that it may be replaced any time. Empty: none.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>Audience of an ID token of this process's Google account. Empty: none.</summary>
    public string OidcAudience { get; init; } = "";

    /// <summary>Printing shows no secret.</summary>
    public override string ToString() => $"{nameof(ConnectionOptions)} of {Coordinator}";
}
