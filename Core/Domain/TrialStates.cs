namespace CloudSweep.Core.Domain;

/// <summary>Facts about <see cref="TrialState"/>.</summary>
public static class TrialStates
{
    /// <summary>Whether a trial in this state never changes again.</summary>
    public static bool IsFinal(this TrialState state) => state > TrialState.Running;
}
