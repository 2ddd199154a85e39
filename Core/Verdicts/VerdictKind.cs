namespace CloudSweep.Core.Verdicts;

/// <summary>What a learning rate did.</summary>
public enum VerdictKind
{
    Good = 1,
    TooSlow,
    TooLarge,
    Oscillating,
    Diverged,
    Undecided,
}
