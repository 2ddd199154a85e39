namespace CloudSweep.StorageEmulator;

/// <summary>A request that came in.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path as it was sent, percent-encoded.</param>
/// <param name="Query">Query with its '?'; empty without one.</param>
/// <param name="ObjectName">Name of the object, decoded; null where the request names none.</param>
/// <param name="Range">Range header; null without one.</param>
/// <param name="ContentRange">Content-Range header of a chunk of a resumable upload; null without one.</param>
/// <param name="Status">Status of the answer; 0 while, or when, none was sent.</param>
public sealed record RecordedRequest(string Method, string Path, string Query, string? ObjectName, string? Range, string? ContentRange, int Status);
