namespace CloudSweep.GoogleCloud.Storage;

/// <summary>A page of a list.</summary>
/// <param name="Items">Its objects; null when there are none.</param>
/// <param name="NextPageToken">What to ask with for the next page; null or empty on the last.</param>
internal sealed record ObjectPage(IReadOnlyList<ObjectResource>? Items, string? NextPageToken);
