using CloudSweep.Cli.Results;

namespace CloudSweep.Cli.Report;

/// <summary>What sharing one pass over the data and pruning saved.</summary>
internal static class SavingsSection
{
    public static string Of(SweepResult result)
    {
        if (Savings.Of(result) is not { } saved)
        {
            return "";
        }

        var html = new HtmlText();
        html.Line($"<section><h2>What was saved</h2><ul>");
        if (saved.TextBytes > 0)
        {
            html.Line($"<li><strong>By sharing:</strong> {Amount.Count("trials", result.Description.Trials.Count)} trials share the data. Its text is {Amount.Bytes("saved.textBytes", saved.TextBytes)} as stored, and one reading of it serves all of them. They trained on {Amount.Bytes("saved.trainedBytes", saved.TrainedBytes)} of it in all, {Amount.Times("saved.times", saved.Times)} times as much: that is what they would have read one by one.</li>");
        }

        html.Line(saved.RowsOfFullGrid > saved.RowsTrained
            ? $"<li><strong>By pruning:</strong> {Amount.Count("saved.rowsTrained", saved.RowsTrained)} rows were trained, summed over trials, of {Amount.Count("saved.rowsFull", saved.RowsOfFullGrid)} of the full grid: {Amount.Share("saved.rowsShare", saved.RowsShare)}.</li>"
            : (FormattableString)$"<li>{Amount.Count("saved.rowsTrained", saved.RowsTrained)} rows were trained, summed over trials. Nothing was pruned{(result.Spec.Pruning is null ? new Markup("; <code>pruning: successiveHalving</code> in the sweep file ends hopeless trials early") : new Markup(""))}.</li>");
        return html.Line($"</ul></section>").ToString();
    }
}
