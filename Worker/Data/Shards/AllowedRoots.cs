using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>The folders below which local files may be read.</summary>
internal sealed class AllowedRoots(IEnumerable<string> roots)
{
    private readonly string[] _roots = [.. roots.Select(LocalPath.Resolve)];

    /// <summary>The path's final target, which is what must be opened.</summary>
    /// <exception cref="DataErrorException">The target is outside of every root.</exception>
    public string Check(string path, string shown)
    {
        string resolved;
        try
        {
            resolved = LocalPath.Resolve(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataErrorException($"'{shown}' can't be read: its links can't be followed.", exception);
        }

        return _roots.Any(root => IsWithin(root, resolved))
            ? resolved
            : throw new DataErrorException($"'{shown}' may not be read: it is not below a folder of Data:AllowedRoots (links count as what they point to); move it there or allow its folder.") { IsOfThisHost = true };
    }

    private static bool IsWithin(string root, string path) =>
        root == "/" || path == root || path.StartsWith(root + "/", StringComparison.Ordinal);
}
