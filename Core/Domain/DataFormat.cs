namespace CloudSweep.Core.Domain;

/// <summary>How shards are read.</summary>
public enum DataFormat
{
    /// <summary>By the extension of the name.</summary>
    Auto,

    /// <summary>RFC 4180 text, gzip-compressed when the name ends in <c>.gz</c>.</summary>
    Csv,
}
