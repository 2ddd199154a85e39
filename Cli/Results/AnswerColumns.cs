using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Results;

/// <summary>What the answer says of a trial's rate, beside its verdict.</summary>
internal static class AnswerColumns
{
    public static CsvColumns Of(SweepResult result)
    {
        var verdicts = Verdicts(result);
        var steps = (result.Answer.Recommended is null ? null : NearBest.Of(result)?.Steps(result)) ?? new Dictionary<int, long>();
        var tied = result.Answer.Tied.ToHashSet();
        var baseline = double.IsNaN(result.Answer.Baseline) ? "" : Invariant.Text(result.Answer.Baseline);
        return new CsvColumns(
            ["tied", "tiedWithBest", "isolated", "provisional", "objective", "goal", "baseline", "nearBestStep"],
            trial =>
            [
                .. Flags(verdicts.GetValueOrDefault(trial.Number), tied.Contains(trial.Number)),
                result.Spec.Objective.Metric,
                result.Spec.Objective.Goal == Core.Domain.ObjectiveGoal.Minimize ? "minimize" : "maximize",
                baseline,
                steps.TryGetValue(trial.Number, out var step) ? Invariant.Text(step) : "",
            ]);
    }

    private static IEnumerable<string> Flags(RateVerdict? verdict, bool isTiedWithBest) => verdict is null
        ? ["", "", "", ""]
        : [CsvColumns.Flag(verdict.Tied), CsvColumns.Flag(isTiedWithBest), CsvColumns.Flag(verdict.Isolated), CsvColumns.Flag(verdict.Provisional)];

    /// <summary>By trial number.</summary>
    public static Dictionary<int, RateVerdict> Verdicts(SweepResult result) =>
        result.Answer.Verdicts.SelectMany(verdict => verdict.Trials.Select(trial => (trial, verdict))).ToDictionary(pair => pair.trial, pair => pair.verdict);
}
