namespace CloudSweep.Core.Planning.Search;

/// <summary>Why a sweep adds a round of trials to itself.</summary>
public enum RoundKind
{
    /// <summary>The rates did not bracket the best one.</summary>
    Edges = 1,

    /// <summary>The best rate lies between two that are far apart.</summary>
    Refinement = 2,
}
