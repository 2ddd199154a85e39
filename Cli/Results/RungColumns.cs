using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Results;

/// <summary>What trials measured at rungs, and what was decided there. A sweep that prunes nothing has none of these columns.</summary>
internal static class RungColumns
{
    private static readonly string[] OfADecision = ["decision", "step", "rows", "outcome", "close"];

    /// <summary>The objective at the last rung that a trial reached, which no other column is compared with.</summary>
    public static CsvColumns OfLast(SweepResult result) => result.Spec.Pruning is null ? CsvColumns.None : new CsvColumns(
        ["rungStep", "rungRows", .. CsvColumns.WithError($"rung_{result.Spec.Objective.Metric}")],
        trial => trial.RungMetrics.FirstOrDefault(metric => metric.Name == result.Spec.Objective.Metric) is { } value
            ? [Invariant.Text(trial.RungStep), Invariant.Text(trial.RungRows), Invariant.Text(value.Value), Invariant.Text(value.StandardError)]
            : ["", "", "", ""]);

    /// <summary>What was decided about a trial at every rung.</summary>
    public static CsvColumns OfDecisions(SweepResult result)
    {
        if (result.Description.Pruning is not { Decisions.Count: > 0 } pruning)
        {
            return CsvColumns.None;
        }

        var rungs = Enumerable.Range(1, pruning.Decisions.Max(decision => decision.Rung)).ToArray();
        var decided = pruning.Decisions
            .SelectMany(decision => decision.Entries.SelectMany(entry => entry.Trials.Select(trial => (trial, decision, entry))))
            .ToDictionary(pair => (pair.trial, pair.decision.Rung), pair => (pair.decision, pair.entry));
        return new CsvColumns(
            [.. rungs.SelectMany(rung => OfADecision.Select(column => $"rung{Invariant.Text(rung)}_{column}"))],
            trial => [.. rungs.SelectMany(rung => decided.TryGetValue((trial.Number, rung), out var found) ? Cells(found.decision, found.entry) : ["", "", "", "", ""])]);
    }

    private static string[] Cells(RungDecision decision, RungEntry entry) =>
        [Invariant.Text(decision.Sequence), Invariant.Text(decision.Step), Invariant.Text(decision.Rows), entry.Outcome.ToString(), CsvColumns.Flag(entry.Close)];
}
