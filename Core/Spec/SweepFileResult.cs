using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>What became of a sweep file.</summary>
public abstract record SweepFileResult
{
    private SweepFileResult()
    {
    }

    public sealed record Valid(SweepSpec Spec) : SweepFileResult;

    /// <summary>Every mistake, in file order where lines are known.</summary>
    public sealed record Invalid(IReadOnlyList<SpecViolation> Violations) : SweepFileResult;
}
