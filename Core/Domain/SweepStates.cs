namespace CloudSweep.Core.Domain;

/// <summary>Facts about <see cref="SweepState"/>.</summary>
public static class SweepStates
{
    /// <summary>Whether a sweep in this state never changes again.</summary>
    public static bool IsFinal(this SweepState state) => state > SweepState.Paused;
}
