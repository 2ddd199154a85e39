using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Results;

/// <summary>What a trial is and how far it came.</summary>
internal static class TrialColumns
{
    public static CsvColumns Of(SweepResult result)
    {
        var verdicts = AnswerColumns.Verdicts(result);
        var ramps = Ramps(result);
        return new CsvColumns(
            ["trial", "optimizer", "schedule", .. result.Spec.Varied, "learningRate", "repeat", .. ramps.Names, "state", "verdict", "step", "stepsDone"],
            trial =>
            [
                Invariant.Text(trial.Number),
                trial.Parameters.OptimizerJson,
                trial.Parameters.ScheduleJson,
                .. result.Spec.Varied.Select(CombinationKey.Of(trial.Parameters).TextOf),
                Invariant.Text(trial.Parameters.LearningRate),
                Invariant.Text(trial.Parameters.Repeat),
                .. ramps.Cells(trial),
                trial.State.ToString(),
                verdicts.GetValueOrDefault(trial.Number)?.Verdict.ToString() ?? "",
                trial.Metrics.Count == 0 ? "" : Invariant.Text(trial.MetricsStep),
                Invariant.Text(trial.Step),
            ]);
    }

    /// <summary>Where a ramp begins, and the bounds that the range test proposes by it; empty of other trials, and no columns in a sweep without ramps.</summary>
    private static CsvColumns Ramps(SweepResult result)
    {
        if (result.Description.Ranges.Count == 0)
        {
            return CsvColumns.None;
        }

        var proposed = result.Description.Ranges
            .Where(range => range.State == RangeState.Proposed)
            .SelectMany(range => range.Ramps.Select(ramp => (ramp, range)))
            .ToDictionary(pair => pair.ramp, pair => pair.range);
        return new CsvColumns(["rampFrom", "rangeLow", "rangeHigh"], trial =>
        [
            trial.Parameters.Ramp is { } ramp ? Invariant.Text(ramp.From) : "",
            proposed.TryGetValue(trial.Number, out var range) ? Invariant.Text(range.Low) : "",
            range is null ? "" : Invariant.Text(range.High),
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
