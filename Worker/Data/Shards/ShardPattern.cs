using System.IO.Enumeration;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>
/// A pattern of files or objects, split into a fixed folder and the segments below it. In a segment <c>*</c> stands for any characters
/// but '/', <c>?</c> for one; as in a shell, a leading wildcard does not match a hidden name.
/// </summary>
internal sealed class ShardPattern
{
    private ShardPattern(string text, string? bucket, string path)
    {
        (Text, Bucket) = (text, bucket);
        var wildcard = path.AsSpan().IndexOfAny('*', '?');
        var folderEnd = path.LastIndexOf('/', wildcard < 0 ? path.Length - 1 : wildcard);
        Folder = folderEnd == 0 ? "/" : path[..Math.Max(0, folderEnd)];
        Segments = path[(folderEnd + 1)..].Split('/');
        FixedPrefix = wildcard < 0 ? path[..(folderEnd + 1)] : path[..wildcard];
    }

    public string Text { get; }

    /// <summary>Bucket of objects; null for local files.</summary>
    public string? Bucket { get; }

    /// <summary>Deepest folder without a wildcard; of a bucket's top it is empty.</summary>
    public string Folder { get; }

    /// <summary>At least one; the last matches files or objects, the others folders.</summary>
    public IReadOnlyList<string> Segments { get; }

    /// <summary>All before the first wildcard, or the folder and '/' without one.</summary>
    public string FixedPrefix { get; }

    /// <summary>The one object that the pattern names; null with a wildcard.</summary>
    public string? Name => Segments.Any(HasWildcard) ? null : FixedPrefix + Segments[^1];

    /// <summary>A pattern of local files. Paths, and what the pattern says of them, start with '/'.</summary>
    /// <exception cref="DataErrorException">Not an absolute local pattern.</exception>
    public static ShardPattern ParseLocal(string text)
    {
        var path = text.StartsWith(LocalPath.Scheme, StringComparison.Ordinal) ? Uri.UnescapeDataString(text[LocalPath.Scheme.Length..]) : text;
        if (!path.StartsWith('/') || path.EndsWith('/'))
        {
            throw Refused(text, "must be an absolute path, a file:/// URI or gs://bucket/name of files", "write it as /folder/part-*.csv.gz");
        }

        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        RequirePlain(text, segments);
        return new ShardPattern(text, bucket: null, "/" + string.Join('/', segments));
    }

    /// <summary>A pattern of objects in a bucket. Names, and what the pattern says of them, do not start with '/'.</summary>
    /// <exception cref="DataErrorException">Not a bucket and a pattern of names.</exception>
    public static ShardPattern ParseObjects(string text)
    {
        var location = ObjectLocation.IsCloudStorage(text) ? ObjectLocation.TryParse(text) : null;
        var segments = location?.Path.Split('/') ?? [];
        if (location is null || segments.Contains(""))
        {
            throw Refused(text, "must be a bucket and the name of objects, with one '/' between segments", "write it as gs://bucket/folder/part-*.csv.gz");
        }

        RequirePlain(text, segments);
        return new ShardPattern(text, location.Root, location.Path);
    }

    public static bool Matches(string segment, string name) =>
        FileSystemName.MatchesSimpleExpression(segment, name, ignoreCase: false)
        && (!name.StartsWith('.') || segment[0] == '.');

    public static bool HasWildcard(string segment) => segment.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>Whether the name of an object is one of the pattern's.</summary>
    public bool MatchesName(string name)
    {
        if (!name.StartsWith(FixedPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var segments = name[(Folder.Length == 0 ? 0 : Folder.Length + 1)..].Split('/');
        return segments.Length == Segments.Count
            && segments.Zip(Segments).All(pair => pair.First.Length > 0 && (HasWildcard(pair.Second) ? Matches(pair.Second, pair.First) : pair.First == pair.Second));
    }

    /// <summary>
    /// What follows the pattern's fixed prefix, less compression and format extensions.
    /// Where nothing is left (<c>part*</c> finding part.csv), the file's name less its extensions.
    /// </summary>
    public string KeyOf(string path)
    {
        var key = ShardName.WithoutExtensions(path[FixedPrefix.Length..]);
        return key.Length > 0 ? key : ShardName.WithoutExtensions(path[(path.LastIndexOf('/') + 1)..]);
    }

    private static void RequirePlain(string text, string[] segments)
    {
        if (segments.Any(segment => segment is "." or ".." || segment.Contains("**", StringComparison.Ordinal)))
        {
            throw Refused(text, "may not have the segments '.' and '..' or the wildcard '**'", "write the path out, with * for each folder level");
        }
    }

    private static DataErrorException Refused(string text, string rule, string wayOut) =>
        new($"The data pattern '{text}' {rule}; {wayOut}.");
}
