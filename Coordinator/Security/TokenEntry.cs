namespace CloudSweep.Coordinator.Security;

/// <summary>A token that is accepted.</summary>
/// <param name="Name">Whose it is; several tokens may have one name, which is how they are rotated.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Hash">SHA-256 of the token; the token itself is nowhere.</param>
/// <param name="ExpiresAt">When it ends; null = never.</param>
internal sealed record TokenEntry(string Name, CallerRole Role, byte[] Hash, DateTimeOffset? ExpiresAt);
