using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Trial = CloudSweep.Protos.V1.Trial;

namespace CloudSweep.Cli.Report;

/// <summary>The answer: what to take, why, and which rates are safe.</summary>
internal static class TakeSection
{
    public static string Of(SweepResult result)
    {
        var (html, answer) = (new HtmlText(), result.Answer);
        html.Line($"<section class=\"take\" aria-label=\"The answer\">");
        if (answer.Recommended is { } recommended)
        {
            var parameters = recommended.Trial.Parameters;
            html.Line($"<p class=\"lead\">Take <strong>{HtmlText.Words(Label.Combination(parameters, result.Spec.Varied))}</strong> with learning rate <strong>{Amount.Rate("recommended.rate", parameters.LearningRate)}</strong></p>");
            html.Line($"<p>It reached {Score("recommended", recommended.Score)}.</p><p>Why: <span class=\"words\" id=\"reason\">{recommended.Reason}</span>.</p>");
            Test(html, recommended.Trial);
            Best(html, result, recommended);
        }
        else
        {
            html.Line($"<p class=\"lead\">Take <strong>nothing yet</strong>.</p><p class=\"words\">{answer.Advice}</p>");
            Test(html, answer.Best);
        }

        if (result.Progress.Reason.Length > 0)
        {
            html.Line($"<p>{result.Progress.State}: <span class=\"words\">{result.Progress.Reason}</span></p>");
        }

        Ranges(html, result);
        html.Line($"</section>");
        return html.ToString();
    }

    private static Markup Score(string figure, ConfigurationScore score)
    {
        var metrics = HtmlText.Join(", ", score.Metrics.Where(metric => !MetricNames.IsPerClass(metric.Name)).Select(metric => Amount.Metric($"{figure}.{metric.Name}", metric.Name, metric.Value, metric.StandardError)));
        return score.Trials.Count == 1
            ? HtmlText.Of($"{metrics} (± one standard error over the validation rows)")
            : HtmlText.Of($"{metrics} (mean of {Amount.Count($"{figure}.repeats", score.Trials.Count)} repeats ± its standard error between them)");
    }

    private static void Best(HtmlText html, SweepResult result, Recommendation recommended)
    {
        if (result.Answer.Best is { } best && best.Number != recommended.Trial.Number)
        {
            html.Line($"<p>The best score of all has {HtmlText.Words(Label.Combination(best.Parameters, result.Spec.Varied))} with {Amount.Rate("best.rate", best.Parameters.LearningRate)}: {Score("best", result.Answer.BestScore)}.</p>");
        }
    }

    private static void Test(HtmlText html, Trial? winner)
    {
        if (winner is { TestMetrics.Count: > 0 })
        {
            var metrics = winner.TestMetrics.Where(metric => !MetricNames.IsPerClass(metric.Name)).Select(metric => Amount.Metric($"test.{metric.Name}", metric.Name, metric.Value, metric.StandardError));
            html.Line($"<p>On data.test: {HtmlText.Join(", ", metrics)} ({Amount.Count("test.rows", winner.TestRows)} rows that nothing was trained or chosen by; scored once, after the choice).</p>");
        }
    }

    private static void Ranges(HtmlText html, SweepResult result)
    {
        if (result.Answer.StableRanges.Count == 0)
        {
            return;
        }

        html.Line($"<p>Stable range, the rates that do not blow up (one near its upper end can still be too large to be good):</p><ul>");
        foreach (var section in AnswerSection.Of(result.Answer, result.Spec).Where(section => section.Range is not null))
        {
            var (range, name) = (section.Range!, $"range.{section.Number}");
            html.Line($"<li>{HtmlText.Words(section.Title)}: <strong>{Amount.Rate($"{name}.low", range.Low)} to {Amount.Rate($"{name}.high", range.High)}</strong>, {Amount.Decades($"{name}.decades", range.Decades)} decades; {Bracket(range)}</li>");
        }

        html.Line($"</ul>");
    }

    private static string Bracket(StableRange range) => (range.BracketedBelow, range.BracketedAbove) switch
    {
        (true, true) => "bracketed: a lower rate was too slow, and a higher one diverged or was clearly worse",
        (false, true) => "open below: no lower rate was too slow, so try lower ones (cloudsweep extend --below, or extendEdges in the sweep file)",
        (true, false) => "open above: no higher rate diverged or was clearly worse, so try higher ones (cloudsweep extend --above, or extendEdges in the sweep file)",
        _ => "open on both sides: try a wider grid (cloudsweep extend --below --above, or extendEdges in the sweep file)",
    };
}
