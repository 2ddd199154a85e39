namespace CloudSweep.Core.Domain;

/// <summary>What the extensions of a shard's name tell, in any case: <c>part-0.csv.gz</c> is CSV and its compression is gzip.</summary>
public static class ShardName
{
    private static readonly (string Extension, ShardCompression Compression)[] Compressions =
    [
        (".gz", ShardCompression.Gzip),
        (".zst", ShardCompression.Zstandard),
    ];

    private static readonly (string Extension, DataFormat Format)[] Formats =
    [
        (".csv", DataFormat.Csv),
        (".parquet", DataFormat.Parquet),
        (".svm", DataFormat.Libsvm),
        (".libsvm", DataFormat.Libsvm),
    ];

    /// <summary>What people call the shard of a URI: its last segment. Only local files have escaped characters in theirs.</summary>
    public static string OfUri(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var name = uri[(uri.LastIndexOf('/') + 1)..];
        return uri.StartsWith("file://", StringComparison.Ordinal) ? Uri.UnescapeDataString(name) : name;
    }

    /// <summary>The format that a name, or a pattern of names, ends in; <see cref="DataFormat.Auto"/> when it tells none.</summary>
    public static DataFormat FormatOf(string name) => Find(Formats, WithoutCompression(name)).Kind;

    /// <summary>The compression that a name ends in.</summary>
    public static ShardCompression CompressionOf(string name) => Find(Compressions, name).Kind;

    /// <summary>The name less its compression and then its format.</summary>
    public static string WithoutExtensions(string name)
    {
        var left = WithoutCompression(name);
        return left[..^Find(Formats, left).Length];
    }

    private static string WithoutCompression(string name) => name[..^Find(Compressions, name).Length];

    private static (int Length, T Kind) Find<T>((string Extension, T Kind)[] known, string name)
    {
        var found = Array.Find(known, entry => name.EndsWith(entry.Extension, StringComparison.OrdinalIgnoreCase));
        return (found.Extension?.Length ?? 0, found.Kind);
    }
}
