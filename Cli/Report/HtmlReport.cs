using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Report;

/// <summary><c>report.html</c>: the answer, charts and tables in one file that loads nothing from anywhere.</summary>
internal sealed class HtmlReport
{
    private readonly StringBuilder _html = new();
    private readonly SweepResult _result;

    private HtmlReport(SweepResult result) => _result = result;

    public static string Write(SweepResult result)
    {
        var report = new HtmlReport(result);
        report.Head();
        report.Answer();
        report.Sections();
        report.Tail();
        return report._html.ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private void Line(FormattableString html) => _html.Append(html.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private void Head()
    {
        var progress = _result.Progress;
        Line($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
        Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:\">");
        Line($"<title>{Encode(progress.Name)}: which learning rate?</title><style>{ReportAssets.Style}</style></head><body>");
        Line($"<h1>{Encode(progress.Name)}</h1>");
        Line($"<p class=\"state\">{progress.State}. {Encode(ProgressText.Trials(progress))}.{(_result.Description.Data is { } data ? $" {DataText.Of(data)}." : "")}</p>");
        if (progress.Reason.Length > 0)
        {
            Line($"<p>{Encode(progress.Reason)}</p>");
        }
    }

    private void Answer()
    {
        Line($"<div class=\"take\">");
        if (_result.Answer.Recommended is { } recommended)
        {
            var parameters = recommended.Trial.Parameters;
            Line($"<p>Take <strong>{Encode(Label.Combination(parameters, _result.Spec.Varied))}</strong> with learning rate <strong>{Label.Rate(parameters.LearningRate)}</strong></p>");
            Line($"<p>{Encode(ScoreText.Of(recommended.Score))}. {Encode(Label.Sentence(recommended.Reason))}</p>");
            Test(recommended.Trial);
            Best(recommended.Trial);
        }
        else
        {
            Line($"<p>Take nothing yet. {Encode(_result.Answer.Advice)}</p>");
            Test(_result.Answer.Best);
        }

        foreach (var range in _result.Answer.StableRanges)
        {
            Line($"<p>Safe for {Encode(Label.Combination(CombinationKey.Of(range), _result.Spec.Varied))}: {Label.Rate(range.Low)} to {Label.Rate(range.High)}, {range.Decades:F1} decades{Open(range)}</p>");
        }

        Line($"</div><p class=\"legend\">");
        foreach (var kind in VerdictStyle.All)
        {
            var style = VerdictStyle.Of(kind);
            Line($"<span><b style=\"color:{style.Colour}\">{style.Mark} {kind}</b> {style.Meaning}</span>");
        }

        Line($"</p><p>Shaded: the safe range. Dotted: the baseline, the best constant predictor ({Label.Number(_result.Answer.Baseline)}). Bars: one standard error, between repeats or, with one repeat, over the evaluated rows. Markers at the end of the scale without a bar have no score.</p>");
    }

    private void Best(Trial taken)
    {
        if (_result.Answer.Best is { } best && best.Number != taken.Number)
        {
            Line($"<p>Best: {Encode(Label.Combination(best.Parameters, _result.Spec.Varied))} with {Label.Rate(best.Parameters.LearningRate)}: {Encode(ScoreText.Of(_result.Answer.BestScore))}.</p>");
        }
    }

    private void Test(Trial? winner)
    {
        if (winner is { TestMetrics.Count: > 0 })
        {
            Line($"<p>On data.test: {Encode(ScoreText.OfTest(winner))}.</p>");
        }
    }

    private void Sections()
    {
        var sections = AnswerSection.Of(_result.Answer, _result.Spec);
        for (var index = 0; index < sections.Count; index++)
        {
            Line($"<h2>{Encode(sections[index].Title)}</h2><div class=\"charts\">");
            Figure($"scores-{index}", Figures.Scores(_result, sections[index]));
            Figure($"losses-{index}", Figures.Losses(_result, sections[index]));
            Line($"</div>");
            Table(sections[index]);
        }
    }

    // System.Text.Json escapes <, > and & by default, so the text can't end the script element.
    private void Figure(string id, JsonObject figure) =>
        Line($"<div data-figure=\"{id}\"></div><script type=\"application/json\" id=\"{id}\">{figure.ToJsonString()}</script>");

    private void Table(AnswerSection section)
    {
        var metric = _result.Spec.Objective.Metric;
        Line($"<div class=\"table\"><table><thead><tr><th class=\"number\">learning rate</th><th>verdict</th><th class=\"number\">{metric}</th><th class=\"number\">± error</th><th>evidence</th><th>trials</th></tr></thead><tbody>");
        foreach (var rate in section.Rates)
        {
            var style = VerdictStyle.Of(rate.Verdict);
            var taken = rate.Trials.Any(trial => trial == _result.Answer.Recommended?.Trial.Number) ? " class=\"taken\"" : "";
            var remarks = string.Concat(rate.Tied && rate.Evidence != "the best" ? " Tied with the best." : "", rate.Isolated ? " Survived above a rate that diverged." : "", rate.Provisional ? " Provisional." : "");
            Line($"<tr{taken}><td class=\"number\">{Label.Rate(rate.Parameters.LearningRate)}</td><td style=\"color:{style.Colour}\">{style.Mark} {rate.Verdict}</td><td class=\"number\">{Label.Number(rate.Mean)}</td><td class=\"number\">{Label.Error(rate.StandardError)}</td><td>{Encode(Label.Sentence(rate.Evidence))}{remarks}</td><td>{string.Join(", ", rate.Trials)}</td></tr>");
        }

        Line($"</tbody></table></div>");
    }

    private void Tail()
    {
        _html.Append(RangeSection.Of(_result));
        _html.Append(PruningSection.Of(_result));
        var spec = JsonNode.Parse(_result.Description.SpecJson)!.ToJsonString(JsonParts.Indented);
        Line($"<h2>The sweep</h2><details><summary>Sweep file with every default</summary><pre>{Encode(spec)}</pre></details>");
        foreach (var remark in _result.Description.Remarks)
        {
            Line($"<p>{Encode(remark)}</p>");
        }

        Line($"<footer>CloudSweep; numerics {Encode(_result.Description.Numerics)}. Every number is in results.csv, results.json and measurements.csv beside this file.</footer>");
        Line($"<!-- {ReportAssets.PlotlyLicence.Replace("--", "- -", StringComparison.Ordinal)} -->");
        Line($"<script>{ReportAssets.Plotly}</script><script>{ReportAssets.Script}</script></body></html>");
    }

    private static string Open(StableRange range) => (range.BracketedBelow, range.BracketedAbove) switch
    {
        (true, true) => "",
        (false, true) => ", open below",
        (true, false) => ", open above",
        _ => ", open on both sides",
    };
}
