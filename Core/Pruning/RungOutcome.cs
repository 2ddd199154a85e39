namespace CloudSweep.Core.Pruning;

/// <summary>What became of a configuration at a rung.</summary>
public enum RungOutcome
{
    /// <summary>Goes on: it is among the best 1 in η.</summary>
    Ranked = 1,

    /// <summary>Goes on: its rate is next to that of the best.</summary>
    Neighbour,

    /// <summary>Goes on: otherwise fewer than three would.</summary>
    Floor,

    /// <summary>Goes on: fewer than η have reported so far, or none has a finite value.</summary>
    Early,

    /// <summary>Ends here.</summary>
    Pruned,

    /// <summary>Had diverged before; counts as worst.</summary>
    Diverged,
}
