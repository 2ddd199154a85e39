using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Results;

/// <summary>What a trial is and how far it came.</summary>
internal static class TrialColumns
{
    public static CsvColumns Of(SweepResult result)
    {
        var verdicts = AnswerColumns.Verdicts(result);
        var hasRamps = result.Description.Ranges.Count > 0;
        return new CsvColumns(
            ["trial", "optimizer", "schedule", .. result.Spec.Varied, "learningRate", "repeat", .. hasRamps ? ["rampFrom"] : Array.Empty<string>(), "state", "verdict", "step", "stepsDone"],
            trial =>
            [
                Invariant.Text(trial.Number),
                trial.Parameters.OptimizerJson,
                trial.Parameters.ScheduleJson,
                .. result.Spec.Varied.Select(CombinationKey.Of(trial.Parameters).TextOf),
                Invariant.Text(trial.Parameters.LearningRate),
                Invariant.Text(trial.Parameters.Repeat),
                .. hasRamps ? [trial.Parameters.Ramp is { } ramp ? Invariant.Text(ramp.From) : ""] : Array.Empty<string>(),
                trial.State.ToString(),
                verdicts.GetValueOrDefault(trial.Number)?.Verdict.ToString() ?? "",
                trial.Metrics.Count == 0 ? "" : Invariant.Text(trial.MetricsStep),
                Invariant.Text(trial.Step),
            ]);
    }

    public static CsvColumns Reasons(SweepResult result)
    {
        var verdicts = AnswerColumns.Verdicts(result);
        return new CsvColumns(["evidence", "reason"], trial => [verdicts.GetValueOrDefault(trial.Number)?.Evidence ?? "", trial.Reason]);
    }

    /// <summary>Rows that it trained, and the data that they are of, which is the same in every row.</summary>
    public static CsvColumns Rows(SweepResult result)
    {
        var rows = TrialRows.Of(result);
        IReadOnlyList<string> data = result.Description is { Data: { } known } description
            ? [Invariant.Text(known.TrainRows), Invariant.Text(known.ValidationRows), Invariant.Text(known.Features), Invariant.Text(known.Classes), TextBytes(description)]
            : ["", "", "", "", TextBytes(result.Description)];
        return new CsvColumns(
            ["round", "stepsPerEpoch", "stepsPlanned", "rowsTrained", "rowsOfFullGrid", "trainRows", "validationRows", "features", "classes", "textBytes"],
            trial =>
            [
                Invariant.Text(trial.Round),
                .. rows.TryGetValue(trial.Number, out var own)
                    ? new[] { own.StepsPerEpoch, own.StepsPlanned, own.Trained, own.OfFullGrid }.Select(Invariant.Text)
                    : ["", "", "", ""],
                .. data,
            ]);
    }

    private static string TextBytes(DescribeSweepResponse description) => description.Shards is { } shards ? Invariant.Text(shards.TextBytes) : "";
}
