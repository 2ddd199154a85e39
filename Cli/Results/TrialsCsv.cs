using CloudSweep.Core.Domain;
using Trial = CloudSweep.Protos.V1.Trial;

namespace CloudSweep.Cli.Results;

/// <summary>
/// <c>results.csv</c>: a row per trial, by number, with a column for every key under <c>vary</c>. All metrics of a row are those after its <c>step</c>.
/// A sweep with a range test says in <c>rampFrom</c> which rows are its ramps. A sweep that prunes has the objective at the trial's last rung too, which no other column is compared with.
/// </summary>
internal static class TrialsCsv
{
    public static string Write(SweepResult result)
    {
        var metrics = result.Description.Trials.SelectMany(trial => trial.Metrics).Select(metric => metric.Name).Distinct().Order(StringComparer.Ordinal).ToArray();
        var verdicts = result.Answer.Verdicts.SelectMany(verdict => verdict.Trials.Select(trial => (trial, verdict))).ToDictionary(pair => pair.trial, pair => pair.verdict);
        var csv = new CsvText().Add(["trial", "optimizer", "schedule", .. result.Spec.Varied, "learningRate", "repeat", .. RampColumns(result), "state", "verdict", "step", "stepsDone", .. metrics.SelectMany(WithError), .. RungColumns(result.Spec), "evidence", "reason"]);
        foreach (var trial in result.Description.Trials)
        {
            var verdict = verdicts.GetValueOrDefault(trial.Number);
            csv.Add([
                Invariant.Text(trial.Number),
                trial.Parameters.OptimizerJson,
                trial.Parameters.ScheduleJson,
                .. result.Spec.Varied.Select(CombinationKey.Of(trial.Parameters).TextOf),
                Invariant.Text(trial.Parameters.LearningRate),
                Invariant.Text(trial.Parameters.Repeat),
                .. Ramp(trial, result),
                trial.State.ToString(),
                verdict?.Verdict.ToString() ?? "",
                trial.Metrics.Count == 0 ? "" : Invariant.Text(trial.MetricsStep),
                Invariant.Text(trial.Step),
                .. metrics.SelectMany(name => Values(trial, name)),
                .. Rung(trial, result.Spec),
                verdict?.Evidence ?? "",
                trial.Reason,
            ]);
        }

        return csv.ToString();
    }

    private static string[] RampColumns(SweepResult result) => result.Description.Ranges.Count == 0 ? [] : ["rampFrom"];

    // A row with a first rate is a ramp of the range test: its learning rate is the last.
    private static string[] Ramp(Trial trial, SweepResult result) => result.Description.Ranges.Count == 0 ? []
        : [trial.Parameters.Ramp is { } ramp ? Invariant.Text(ramp.From) : ""];

    private static string[] RungColumns(SweepSpec spec) => spec.Pruning is null ? [] : ["rungStep", "rungRows", .. WithError($"rung_{spec.Objective.Metric}")];

    private static string[] Rung(Trial trial, SweepSpec spec) => spec.Pruning is null ? []
        : trial.RungMetrics.FirstOrDefault(metric => metric.Name == spec.Objective.Metric) is { } value
            ? [Invariant.Text(trial.RungStep), Invariant.Text(trial.RungRows), Invariant.Text(value.Value), Invariant.Text(value.StandardError)]
            : ["", "", "", ""];

    private static IEnumerable<string> WithError(string metric) => [metric, $"{metric}_standardError"];

    private static IEnumerable<string> Values(Trial trial, string metric) =>
        SweepResult.MetricOf(trial, metric) is { } value ? [Invariant.Text(value.Value), Invariant.Text(value.StandardError)] : ["", ""];
}
