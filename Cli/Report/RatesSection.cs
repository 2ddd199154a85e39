using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Report;

/// <summary>What every rate did: charts and a table for each combination of the other settings.</summary>
internal static class RatesSection
{
    /// <summary>Most combinations with charts, those with the best rates; the tables have all.</summary>
    private const int MaxCharts = 30;

    public static string Of(SweepResult result)
    {
        if (result.Answer.Verdicts.Count == 0 && result.Description.Ranges.Count > 0)
        {
            return "";
        }

        var html = new HtmlText();
        html.Line($"<section><h2>What every learning rate did</h2><dl class=\"legend explanation\">");
        foreach (var kind in VerdictStyle.All)
        {
            html.Line($"<div><dt>{VerdictStyle.Show(kind)} ({VerdictStyle.Of(kind).Letter})</dt><dd>{VerdictStyle.Of(kind).Meaning}</dd></div>");
        }

        html.Line($"</dl><p class=\"explanation\">In the charts: shaded, the stable range. Dotted, the baseline: what the best constant guess scores. Vertical bars, one standard error, {(result.Spec.Repeats == 1 ? "over the validation rows" : "between repeats")}. Markers on the line “no score” ended without one.</p>");
        html.Line($"<p class=\"unscripted\">The charts need JavaScript. Scores are in the tables, training losses in measurements.csv.</p>");
        var sections = AnswerSection.Of(result.Answer, result.Spec);
        var drawn = Drawn(result, sections);
        if (drawn.Count < sections.Count)
        {
            html.Line($"<p>There are {Amount.Count("combinations", sections.Count)} combinations; those {Amount.Count("combinations.drawn", drawn.Count)} with the best rates have charts.</p>");
        }

        foreach (var section in sections)
        {
            html.Line($"<section class=\"combination\"><h3>{HtmlText.Words(section.Title)}</h3>");
            if (drawn.Contains(section.Number))
            {
                html.Line($"<div class=\"charts\">");
                Chart(html, $"scores-{section.Number}", $"{result.Spec.Objective.Metric} against learning rate", $"Chart of {result.Spec.Objective.Metric} against learning rate of {section.Title}; the table below has its numbers.", ScoreChart.Of(result, section));
                Chart(html, $"losses-{section.Number}", $"Training loss{(result.Spec.Repeats == 1 ? "" : " of the first repeat")}", $"Chart of training loss against optimizer steps of {section.Title}; its numbers are in measurements.csv.", LossChart.Of(result, section));
                html.Line($"</div>");
            }

            Table(html, result, section);
            html.Line($"</section>");
        }

        html.Line($"</section>");
        return html.ToString();
    }

    private static HashSet<int> Drawn(SweepResult result, IReadOnlyList<AnswerSection> sections)
    {
        var sign = result.Spec.Objective.Goal == Core.Domain.ObjectiveGoal.Minimize ? 1 : -1;
        return [.. sections
            .OrderBy(section => section.Rates.Select(rate => sign * rate.Mean).Where(double.IsFinite).DefaultIfEmpty(double.PositiveInfinity).Min())
            .Take(MaxCharts)
            .Select(section => section.Number)];
    }

    // System.Text.Json escapes <, > and & by default, so the text can't end the script element.
    private static void Chart(HtmlText html, string id, string caption, string description, JsonObject figure) =>
        html.Line($"<figure><figcaption>{caption}</figcaption><div class=\"chart\" data-chart=\"{id}\" role=\"img\" aria-label=\"{description}\"></div><script type=\"application/json\" id=\"{id}\">{new Markup(figure.ToJsonString())}</script></figure>");

    private static void Table(HtmlText html, SweepResult result, AnswerSection section)
    {
        html.Line($"<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Rates of {section.Title}\"><table><thead><tr><th class=\"number\">learning rate</th><th>verdict</th><th class=\"number\">{result.Spec.Objective.Metric}</th><th class=\"number\">± error</th><th class=\"wide\">evidence</th><th>trials</th></tr></thead><tbody>");
        foreach (var rate in section.Rates)
        {
            var name = $"rate.{rate.Trials[0]}";
            var isTaken = rate.Trials.Any(trial => trial == result.Answer.Recommended?.Trial.Number);
            html.Line($"<tr{new Markup(isTaken ? " class=\"taken\"" : "")}><td class=\"number\">{(isTaken ? "take " : "")}{Amount.Rate($"{name}.rate", rate.Parameters.LearningRate)}</td><td class=\"verdict\">{VerdictStyle.Show(rate.Verdict)}</td><td class=\"number\">{Amount.Value($"{name}.score", rate.Mean)}</td><td class=\"number\">{Amount.Error($"{name}.error", rate.StandardError)}</td><td class=\"words\">{Label.Sentence(rate.Evidence)}{Remarks(rate)}</td><td class=\"words\">{string.Join(", ", rate.Trials)}</td></tr>");
        }

        html.Line($"</tbody></table></div>");
    }

    private static string Remarks(RateVerdict rate) => string.Concat(
        rate.Tied && rate.Evidence != "the best" ? " Tied with the best." : "",
        rate.Isolated ? " Survived above a rate that diverged." : "",
        rate.Provisional ? " Provisional." : "");
}
