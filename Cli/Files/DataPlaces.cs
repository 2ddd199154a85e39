using System.Globalization;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Cli.Files;

/// <summary>What a Worker may read: just what a person named.</summary>
/// <param name="Roots">Absolute folders.</param>
/// <param name="Buckets">Names of buckets.</param>
internal sealed record DataPlaces(IReadOnlyList<string> Roots, IReadOnlyList<string> Buckets)
{
    /// <summary>The folders that shards are in or below, and their buckets. Who names a link to a file means the file, so the folders of such files count.</summary>
    public static DataPlaces Of(DataPatterns patterns)
    {
        var local = patterns.All.Where(pattern => !ObjectLocation.IsCloudStorage(pattern));
        var remote = patterns.All.Where(ObjectLocation.IsCloudStorage);
        return new DataPlaces(
            [.. local.SelectMany(pattern => TargetsOfLinks(pattern).Prepend(RootOf(pattern))).Distinct(StringComparer.Ordinal)],
            [.. remote.Select(pattern => ObjectLocation.TryParse(pattern)?.Root).OfType<string>().Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The settings that say so.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToConfiguration() =>
        [.. Roots.Select((root, index) => Setting("AllowedRoots", index, root)), .. Buckets.Select((bucket, index) => Setting("AllowedBuckets", index, bucket))];

    private static KeyValuePair<string, string?> Setting(string name, int index, string value) =>
        new($"Data:{name}:{index.ToString(CultureInfo.InvariantCulture)}", value);

    /// <summary>The folder that a pattern's shards are in or below: what stands before its first wildcard.</summary>
    private static string RootOf(string pattern)
    {
        var path = LocalPathOf(pattern);
        var wildcard = path.IndexOfAny(['*', '?']);
        return Path.GetDirectoryName(wildcard < 0 ? path : path[..wildcard]) is { Length: > 0 } folder ? folder : "/";
    }

    private static string LocalPathOf(string pattern) => pattern.StartsWith("file://", StringComparison.Ordinal) ? new Uri(pattern).LocalPath : pattern;

    private static IEnumerable<string> TargetsOfLinks(string pattern)
    {
        var folder = RootOf(pattern);
        var path = LocalPathOf(pattern);
        return Path.GetDirectoryName(path) == folder && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, Path.GetFileName(path), new EnumerationOptions { IgnoreInaccessible = true })
                .Select(file => File.ResolveLinkTarget(file, returnFinalTarget: true))
                .OfType<FileInfo>()
                .Where(target => target.Exists)
                .Select(target => target.DirectoryName!)
            : [];
    }
}
