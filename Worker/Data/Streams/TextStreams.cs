using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Streams;

/// <summary>Gives the text behind stored bytes.</summary>
internal static class TextStreams
{
    /// <summary>Decompresses by the extension of the name. The result owns the stored stream.</summary>
    public static Stream Open(Stream stored, string name) => ShardName.CompressionOf(name) switch
    {
        ShardCompression.Gzip => new GzipTextStream(stored),
        ShardCompression.Zstandard => new ZstandardTextStream(stored),
        ShardCompression.None => stored,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
