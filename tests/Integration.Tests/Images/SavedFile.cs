namespace CloudSweep.Integration.Tests.Images;

/// <summary>A file of a layer.</summary>
/// <param name="Path">From the root of the image, without a slash before it.</param>
/// <param name="IsOurs">The layer is above those of the base image.</param>
/// <param name="Secret">A secret that was found in its bytes, shortened; null where there is none.</param>
internal sealed record SavedFile(string Path, bool IsOurs, string? Secret);
