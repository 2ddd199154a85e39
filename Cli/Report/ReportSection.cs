using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Report;

/// <summary>One combination of all other settings with its rates, ascending.</summary>
internal sealed record ReportSection(string Title, IReadOnlyList<RateVerdict> Rates, StableRange? Range)
{
    public static IReadOnlyList<ReportSection> Of(Answer answer, SweepSpec spec) =>
        [.. answer.Verdicts
            .GroupBy(verdict => TrialSettings.Of(verdict.Parameters))
            .Select(group => new ReportSection(
                Label.Combination(group.Key, spec.Varied),
                [.. group.OrderBy(verdict => verdict.Parameters.LearningRate)],
                answer.StableRanges.FirstOrDefault(range => TrialSettings.Of(range) == group.Key)))];
}
