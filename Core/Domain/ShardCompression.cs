namespace CloudSweep.Core.Domain;

/// <summary>How the stored bytes of a shard are compressed as a whole.</summary>
public enum ShardCompression
{
    /// <summary>They are not.</summary>
    None,

    /// <summary>RFC 1952; members may follow each other.</summary>
    Gzip,

    /// <summary>RFC 8878; frames may follow each other.</summary>
    Zstandard,
}
