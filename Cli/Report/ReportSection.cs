using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Report;

/// <summary>One combination of optimizer and schedule with its rates, ascending.</summary>
internal sealed record ReportSection(string Title, IReadOnlyList<RateVerdict> Rates, StableRange? Range)
{
    public static IReadOnlyList<ReportSection> Of(Answer answer) =>
        [.. answer.Verdicts
            .GroupBy(verdict => (verdict.Parameters.OptimizerJson, verdict.Parameters.ScheduleJson))
            .Select(group => new ReportSection(
                Label.Combination(group.Key.OptimizerJson, group.Key.ScheduleJson),
                [.. group.OrderBy(verdict => verdict.Parameters.LearningRate)],
                answer.StableRanges.FirstOrDefault(range => (range.OptimizerJson, range.ScheduleJson) == group.Key)))];
}
