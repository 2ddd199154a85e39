namespace CloudSweep.Core.Domain;

/// <summary>What the rows of a shard are for.</summary>
public enum ShardRole
{
    /// <summary>Training, and validation where rows are held out by a fraction.</summary>
    Train,

    /// <summary>Validation only.</summary>
    Validation,

    /// <summary>Never trained on and never validated on; scored at the end.</summary>
    Test,
}
