namespace CloudSweep.Cli.Generation;

/// <summary>Options of <c>data generate</c> and their bounds.</summary>
internal static class GenerateOptionNames
{
    public const string Kind = "--kind";
    public const string Rows = "--rows";
    public const string Features = "--features";
    public const string Classes = "--classes";
    public const string Nonzeros = "--nonzeros";
    public const string Noise = "--noise";
    public const string Shards = "--shards";
    public const string Seed = "--seed";
    public const string Gzip = "--gzip";
    public const string Force = "--force";

    public const int DefaultClasses = 10;
    public const int DefaultSparseClasses = 2;
    public const int DefaultNonzeros = 30;
    public const double DefaultNoise = 0.1;
    public const int DefaultShards = 4;

    public const long MaxRows = 1_000_000_000_000;

    /// <summary>A record of this width stays below the reader's limit of 1 MiB.</summary>
    public const int MaxFeatures = 100_000;
    public const int MaxClasses = 100;

    /// <summary>With one feature every row of sparse data would be the same.</summary>
    public const int MinSparseFeatures = 2;

    /// <summary>A line of this many entries stays below the reader's limit of 4 MiB.</summary>
    public const int MaxNonzeros = 10_000;
    public const int MaxNoise = 100;

    /// <summary>Five digits in a shard's name.</summary>
    public const int MaxShards = 99_999;
}
