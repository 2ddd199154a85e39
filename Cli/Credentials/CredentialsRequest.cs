namespace CloudSweep.Cli.Credentials;

/// <summary>What <c>credentials create</c> is asked for.</summary>
/// <param name="Folder">Absolute.</param>
/// <param name="Hosts">By which clients reach the Coordinator.</param>
/// <param name="Days">How long the certificates last that the CA signs.</param>
/// <param name="KeepsExisting">A folder that has all of the files is left as it is.</param>
internal sealed record CredentialsRequest(string Folder, IReadOnlyList<string> Hosts, int Days, bool KeepsExisting);
