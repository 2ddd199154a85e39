namespace CloudSweep.Core.Domain;

/// <summary>What happens to rows that break rules.</summary>
public enum BadRowRule
{
    /// <summary>The sweep fails and tells the first of them.</summary>
    Fail,

    /// <summary>They are left out and reported.</summary>
    Skip,
}
