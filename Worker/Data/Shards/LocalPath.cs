using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>Local paths and their URIs.</summary>
internal static class LocalPath
{
    public const string Scheme = "file://";

    private const int MaxLinks = 40;

    public static string ToUri(string path) => Scheme + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <exception cref="DataErrorException">Not the URI of a local file.</exception>
    public static string FromUri(string uri) => uri.StartsWith(Scheme + "/", StringComparison.Ordinal)
        ? Uri.UnescapeDataString(uri[Scheme.Length..])
        : throw new DataErrorException($"The shard '{uri}' is not local; this Worker reads file:/// URIs only.");

    /// <summary>The path without any link in any of its segments. Segments that do not exist stay as they are.</summary>
    /// <exception cref="IOException">Too many links follow each other.</exception>
    public static string Resolve(string path)
    {
        var links = 0;
        var open = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var resolved = "/";
        while (open.TryPop(out var segment))
        {
            if (segment == ".")
            {
                continue;
            }

            if (segment == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? "/";
                continue;
            }

            var candidate = Path.Combine(resolved, segment);
            if (new FileInfo(candidate).LinkTarget is not { } target)
            {
                resolved = candidate;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException($"More than {MaxLinks} links follow each other.");
            }

            resolved = target.StartsWith('/') ? "/" : resolved;
            foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                open.Push(part);
            }
        }

        return resolved;
    }
}
