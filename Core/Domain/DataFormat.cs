namespace CloudSweep.Core.Domain;

/// <summary>How shards are read.</summary>
public enum DataFormat
{
    /// <summary>By the extension of each shard's name, else by looking at its first bytes.</summary>
    Auto,

    /// <summary>RFC 4180 text, compressed when the name ends in <c>.gz</c> or <c>.zst</c>.</summary>
    Csv,

    /// <summary>Apache Parquet with flat columns.</summary>
    Parquet,

    /// <summary>Lines of <c>label index:value …</c>, compressed when the name ends in <c>.gz</c> or <c>.zst</c>.</summary>
    Libsvm,
}
