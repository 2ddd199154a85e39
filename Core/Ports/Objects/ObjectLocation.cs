using System.Diagnostics.CodeAnalysis;

namespace CloudSweep.Core.Ports.Objects;

/// <summary>A place for objects as people write it: a folder, <c>/folder</c> or <c>file:///folder</c>, or <c>gs://bucket/prefix</c>.</summary>
/// <param name="Scheme"><c>file</c> or <c>gs</c>.</param>
/// <param name="Root">The folder, absolute, or the bucket.</param>
/// <param name="Path">Name or prefix of names in the root; no '/' at its start. Empty for a folder.</param>
public sealed record ObjectLocation(string Scheme, string Root, string Path)
{
    public const string FileScheme = "file";
    public const string CloudStorageScheme = "gs";

    private const string CloudStoragePrefix = CloudStorageScheme + "://";
    private const string FilePrefix = FileScheme + "://";

    /// <summary>True for text that begins like a URI of Cloud Storage.</summary>
    public static bool IsCloudStorage([NotNullWhen(true)] string? text) => text?.StartsWith(CloudStoragePrefix, StringComparison.Ordinal) == true;

    /// <summary>Takes text apart; null where it is none of the three forms.</summary>
    public static ObjectLocation? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsCloudStorage(text))
        {
            var name = text[CloudStoragePrefix.Length..];
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            var (bucket, path) = slash < 0 ? (name, "") : (name[..slash], name[(slash + 1)..]);
            return bucket.Length > 0 && !path.StartsWith('/') ? new ObjectLocation(CloudStorageScheme, bucket, path) : null;
        }

        var folder = text.StartsWith(FilePrefix, StringComparison.Ordinal) ? Uri.UnescapeDataString(text[FilePrefix.Length..]) : text;
        return System.IO.Path.IsPathFullyQualified(folder) ? new ObjectLocation(FileScheme, folder, "") : null;
    }

    public override string ToString() => Scheme == FileScheme ? Root : $"{CloudStoragePrefix}{Root}/{Path}";
}
