using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Report;

/// <summary>
/// <c>report.html</c>: the answer, charts and tables in one file that loads nothing from anywhere. It depends on nothing but the results: no times, no ids, no
/// paths of this machine.
/// </summary>
internal static class HtmlReport
{
    /// <summary>In the order in which a reader meets them. Each returns its HTML, or nothing where it has nothing to say; to add one, add it here.</summary>
    private static readonly IReadOnlyList<Func<SweepResult, string>> Sections =
    [
        TakeSection.Of,
        ConfidenceSection.Of,
        RatesSection.Of,
        SpeedSection.Of,
        RangeSection.Of,
        PruningSection.Of,
        SavingsSection.Of,
        TrialsSection.Of,
        ReproductionSection.Of,
    ];

    public static string Write(SweepResult result)
    {
        var html = new HtmlText();
        Head(html, result);
        foreach (var section in Sections)
        {
            html.Add(section(result));
        }

        html.Line($"</main><footer>Written by CloudSweep {ProductVersion.Text}, which trains many learning rates beside each other on one pass over the data and says what each of them did. Every number above is in results.csv or follows from it; results.json and measurements.csv have the rest.</footer>");
        html.Line($"<!-- {new Markup(ReportAssets.PlotlyLicence.Replace("--", "- -", StringComparison.Ordinal))} -->");
        html.Line($"<script>{new Markup(ReportAssets.Plotly)}</script><script>{new Markup(ReportAssets.Script)}</script></body></html>");
        return html.ToString();
    }

    private static void Head(HtmlText html, SweepResult result)
    {
        var progress = result.Progress;
        html.Line($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">");
        html.Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:\">");
        html.Line($"<title>{progress.Name}: which learning rate?</title><style>{new Markup(ReportAssets.Style)}</style></head><body>");
        html.Line($"<header><h1>{HtmlText.Words(progress.Name)}: which learning rate?</h1><p class=\"state\">{progress.State}. {Trials(result)}{Data(result)}</p><p class=\"state\">{HtmlText.Words(Task(result.Spec))}</p></header><main>");
    }

    // What a reader who knows nothing of the sweep wants to know before its answer.
    private static string Task(SweepSpec spec)
    {
        var model = spec.Model is ModelSpec.Mlp mlp ? FormattableString.Invariant($"mlp with hidden layers of {string.Join(" and ", mlp.Hidden)} units ({mlp.Activation.ToString().ToLowerInvariant()})") : spec.Model.Kind;
        var batches = spec.Training.BatchSize is { } size ? FormattableString.Invariant($"batches of {size} rows") : "all rows in one batch";
        var varied = spec.Varied.Count == 0 ? "" : $"; varied: {string.Join(", ", spec.Varied)}";
        return FormattableString.Invariant($"Model: {model}. Training: {spec.Training.Epochs} epochs, {batches}{varied}. Ranked by {spec.Objective.Metric}, {(spec.Objective.Goal == ObjectiveGoal.Minimize ? "lower" : "higher")} is better.");
    }

    private static Markup Trials(SweepResult result)
    {
        var counts = result.Progress.Trials;
        (string State, int Count)[] states =
        [
            ("completed", counts.Completed), ("pruned", counts.Pruned), ("diverged", counts.Diverged), ("failed", counts.Failed), ("cancelled", counts.Cancelled), ("running", counts.Running), ("pending", counts.Pending),
        ];
        var parts = states.Where(state => state.Count > 0).Select(state => HtmlText.Of($"{Amount.Count($"trials.{state.State}", state.Count)} {state.State}"));
        return HtmlText.Of($"{Amount.Count("trials", counts.Total)} trials: {HtmlText.Join(", ", parts)}.");
    }

    private static Markup Data(SweepResult result) => result.Description.Data is not { } data
        ? new Markup("")
        : HtmlText.Of($" Data: {Amount.Count("data.rows", data.TrainRows + data.ValidationRows)} rows × {Amount.Count("data.features", data.Features)} features{(data.Classes == 0 ? new Markup("") : HtmlText.Of($", {Amount.Count("data.classes", data.Classes)} classes"))}; {Amount.Count("data.trainRows", data.TrainRows)} to train on, {Amount.Count("data.validationRows", data.ValidationRows)} to validate on.");
}
