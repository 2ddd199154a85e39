namespace CloudSweep.Cli.Results;

/// <summary>
/// <c>results.csv</c>: a row per trial, by number, with a column for every key under <c>vary</c>; docs/report.md tells of each column. All metrics of a row are
/// those after its <c>step</c>; a row with a <c>rampFrom</c> is a ramp of the range test, whose learning rate is its last. Every number of the report follows from these columns.
/// </summary>
internal static class TrialsCsv
{
    public static string Write(SweepResult result)
    {
        CsvColumns[] groups =
        [
            TrialColumns.Of(result),
            MetricColumns.Of(result),
            RungColumns.OfLast(result),
            TrialColumns.Reasons(result),
            AnswerColumns.Of(result),
            TrialColumns.Rows(result),
            MetricColumns.OfTest(result),
            RungColumns.OfDecisions(result),
        ];
        var csv = new CsvText().Add([.. groups.SelectMany(group => group.Names)]);
        foreach (var trial in result.Description.Trials)
        {
            csv.Add([.. groups.SelectMany(group => group.Cells(trial))]);
        }

        return csv.ToString();
    }
}
