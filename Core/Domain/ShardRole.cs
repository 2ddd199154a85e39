namespace CloudSweep.Core.Domain;

/// <summary>What the rows of a shard are for.</summary>
public enum ShardRole
{
    /// <summary>Training and validation by the split.</summary>
    Train,

    /// <summary>Scored once, by the sweep's winner.</summary>
    Test,
}
