namespace CloudSweep.Core.Domain;

/// <summary>A sweep breaks rules; all of them are listed.</summary>
public sealed class InvalidSweepException(IReadOnlyList<SpecViolation> violations)
    : CloudSweepException(string.Join(Environment.NewLine, violations.Select(violation => $"{violation.Field}: {violation.Problem}")))
{
    public IReadOnlyList<SpecViolation> Violations { get; } = violations;
}
