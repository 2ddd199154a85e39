namespace CloudSweep.Core.Pruning;

/// <summary>A configuration among all that have reported a rung.</summary>
/// <param name="Rate">Learning rate.</param>
/// <param name="Value">Minimizing; infinite for what diverged or has no finite value, so that it is worst.</param>
/// <param name="StandardError">Of the value; 0 when unknown.</param>
/// <param name="FirstTrial">Breaks ties.</param>
/// <param name="Candidate">Null when it was decided about before.</param>
internal sealed record RankedRate(double Rate, double Value, double StandardError, int FirstTrial, RungCandidate? Candidate)
{
    public static RankedRate Of(RungEntry entry, int sign) =>
        new(entry.Rate, ValueOf(entry.Value, sign, entry.Outcome == RungOutcome.Diverged), ErrorOf(entry.StandardError), entry.Trials[0], null);

    public static RankedRate Of(RungCandidate candidate, int sign) =>
        new(candidate.Rate, ValueOf(candidate.Value, sign, candidate.HasDiverged), ErrorOf(candidate.StandardError), candidate.Trials[0], candidate);

    /// <summary>Not further behind the other than one standard error of their difference.</summary>
    public bool IsCloseTo(RankedRate other) =>
        double.IsFinite(Value) && Value - other.Value <= Math.Sqrt((StandardError * StandardError) + (other.StandardError * other.StandardError));

    private static double ValueOf(double value, int sign, bool hasDiverged) => hasDiverged || !double.IsFinite(value) ? double.PositiveInfinity : sign * value;

    private static double ErrorOf(double error) => double.IsFinite(error) ? error : 0;
}
