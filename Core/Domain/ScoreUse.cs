namespace CloudSweep.Core.Domain;

/// <summary>Which evaluation of a trial counts.</summary>
public enum ScoreUse
{
    /// <summary>The evaluation at the last step.</summary>
    Final,

    /// <summary>The best of all evaluations.</summary>
    Best,
}
