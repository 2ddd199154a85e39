using System.IO.Enumeration;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>
/// An absolute pattern split into a fixed folder and the segments below it. In a segment <c>*</c> stands for any characters
/// but '/', <c>?</c> for one; as in a shell, a leading wildcard does not match a hidden name.
/// </summary>
internal sealed class ShardPattern
{
    private readonly string _fixedPrefix;

    private ShardPattern(string text, string path)
    {
        Text = text;
        var wildcard = path.AsSpan().IndexOfAny('*', '?');
        var folderEnd = path.LastIndexOf('/', wildcard < 0 ? path.Length - 1 : wildcard);
        Folder = folderEnd == 0 ? "/" : path[..folderEnd];
        Segments = path[(folderEnd + 1)..].Split('/');
        _fixedPrefix = wildcard < 0 ? path[..(folderEnd + 1)] : path[..wildcard];
    }

    public string Text { get; }

    /// <summary>Deepest folder without a wildcard.</summary>
    public string Folder { get; }

    /// <summary>At least one; the last matches files, the others folders.</summary>
    public IReadOnlyList<string> Segments { get; }

    /// <exception cref="DataErrorException">Not an absolute local pattern.</exception>
    public static ShardPattern Parse(string text)
    {
        var path = text.StartsWith(LocalPath.Scheme, StringComparison.Ordinal) ? Uri.UnescapeDataString(text[LocalPath.Scheme.Length..]) : text;
        if (!path.StartsWith('/') || path.EndsWith('/'))
        {
            throw Refused(text, "must be an absolute path or file:/// URI of files", "write it as /folder/part-*.csv.gz");
        }

        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Any(segment => segment is "." or ".." || segment.Contains("**", StringComparison.Ordinal)))
        {
            throw Refused(text, "may not have the segments '.' and '..' or the wildcard '**'", "write the path out, with * for each folder level");
        }

        return new ShardPattern(text, "/" + string.Join('/', segments));
    }

    public static bool Matches(string segment, string name) =>
        FileSystemName.MatchesSimpleExpression(segment, name, ignoreCase: false)
        && (name[0] != '.' || segment[0] == '.');

    public static bool HasWildcard(string segment) => segment.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>
    /// What follows the pattern's fixed prefix (all before the first wildcard, or the folder without one), less compression and format extensions.
    /// Where nothing is left (<c>part*</c> finding part.csv), the file's name less its extensions.
    /// </summary>
    public string KeyOf(string path)
    {
        var key = ShardName.WithoutExtensions(path[_fixedPrefix.Length..]);
        return key.Length > 0 ? key : ShardName.WithoutExtensions(Path.GetFileName(path));
    }

    private static DataErrorException Refused(string text, string rule, string wayOut) =>
        new($"The data pattern '{text}' {rule}; {wayOut}.");
}
