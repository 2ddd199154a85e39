namespace CloudSweep.Core.Domain;

/// <summary>How much is forgiven.</summary>
/// <param name="Rule">What happens to rows that break rules.</param>
/// <param name="MaxFraction">Largest share of all rows that may be left out, in [0, 1). Default 0.001.</param>
public sealed record BadRowPolicy(BadRowRule Rule, double MaxFraction)
{
    public const double DefaultMaxFraction = 0.001;

    public static BadRowPolicy Fail { get; } = new(BadRowRule.Fail, DefaultMaxFraction);
}
