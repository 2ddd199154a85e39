namespace CloudSweep.Core.Ports.Objects;

/// <summary>What must hold for a write to happen.</summary>
public enum WriteCondition
{
    /// <summary>There is no object of this name: of many that try at once, one succeeds.</summary>
    IsAbsent = 1,

    /// <summary>None: an object of this name is replaced.</summary>
    None,
}
