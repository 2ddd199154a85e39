namespace CloudSweep.Core.Planning.Packing;

/// <summary>What decided how many trials share a pass.</summary>
public enum PackedBy
{
    /// <summary>All trials that can share one do.</summary>
    OnePass,

    /// <summary>The sweep file says how many.</summary>
    SweepFile,

    /// <summary>More do not fit into the memory of a slot.</summary>
    Memory,

    /// <summary>Every slot has a job.</summary>
    Slots,

    /// <summary>More jobs would be done no sooner: reading the rows takes most of the time.</summary>
    Reading,
}
