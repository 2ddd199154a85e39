using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Report;

/// <summary>A table of all trials.</summary>
internal static class TrialsSection
{
    public static string Of(SweepResult result)
    {
        var (html, metric, hasRepeats) = (new HtmlText(), result.Spec.Objective.Metric, result.Spec.Repeats > 1);
        var verdicts = AnswerColumns.Verdicts(result);
        html.Line($"<section><h2>Every trial</h2><div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Every trial\"><table class=\"sortable\"><thead><tr><th class=\"number\">trial</th><th>combination</th><th class=\"number\">learning rate</th>{new Markup(hasRepeats ? "<th class=\"number\">repeat</th>" : "")}<th>state</th><th class=\"number\">steps</th><th class=\"number\">{metric}</th><th class=\"number\">± error</th><th>verdict</th></tr></thead><tbody>");
        foreach (var trial in result.Description.Trials)
        {
            var name = $"trial.{trial.Number}";
            var value = SweepResult.MetricOf(trial, metric);
            var repeat = hasRepeats ? HtmlText.Of($"<td class=\"number\">{Amount.Count($"{name}.repeat", trial.Parameters.Repeat)}</td>") : new Markup("");
            html.Line($"<tr><td class=\"number\">{Amount.Count(name, trial.Number)}</td><td>{HtmlText.Words(Label.Combination(trial.Parameters, result.Spec.Varied))}</td><td class=\"number\">{Amount.Rate($"{name}.rate", trial.Parameters.LearningRate)}</td>{repeat}<td>{State(trial)}</td><td class=\"number\">{Amount.Count($"{name}.steps", trial.Step)}</td><td class=\"number\">{(value is null ? new Markup("") : Amount.Value($"{name}.score", value.Value))}</td><td class=\"number\">{(value is null ? new Markup("") : Amount.Error($"{name}.error", value.StandardError))}</td><td class=\"verdict\">{(verdicts.TryGetValue(trial.Number, out var verdict) ? VerdictStyle.Show(verdict.Verdict) : new Markup(""))}</td></tr>");
        }

        return html.Line($"</tbody></table></div></section>").ToString();
    }

    // The verdict's evidence has the reason of a trial that diverged.
    private static Markup State(Trial trial) => trial is { State: TrialState.Failed, Reason.Length: > 0 }
        ? HtmlText.Of($"{trial.State}: <span class=\"words\">{trial.Reason}</span>")
        : HtmlText.Of($"{(trial.Parameters.Ramp is null ? "" : "Ramp: ")}{trial.State}");
}
