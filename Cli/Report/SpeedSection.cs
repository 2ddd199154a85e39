using CloudSweep.Cli.Results;

namespace CloudSweep.Cli.Report;

/// <summary>How soon each combination came near the best score.</summary>
internal static class SpeedSection
{
    public static string Of(SweepResult result)
    {
        if (result.Answer.Recommended is null || NearBest.Of(result) is not { } near)
        {
            return "";
        }

        var html = new HtmlText();
        html.Line($"<section><h2>Steps to within 5% of the best</h2>");
        html.Line($"<p>The best score of the sweep is {Amount.Value("best.score", near.Best)}, the baseline {Amount.Value("baseline", near.Baseline)}. <span class=\"explanation\">A trial is near the best from its first evaluation on that leaves at most 5% of that distance. For each combination: the completed rate that was there first (with all of its repeats). Evaluations are at the ends of epochs, so it may have been there a little earlier.</span></p>");
        html.Line($"<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Steps to within 5% of the best\"><table><thead><tr><th>combination</th><th class=\"number\">optimizer steps</th><th class=\"number\">epochs</th><th class=\"number\">with learning rate</th></tr></thead><tbody>");
        foreach (var (section, soonest) in CombinationSpeed.Of(result))
        {
            var name = $"speed.{section.Number}";
            html.Line(soonest is { } speed
                ? $"<tr><td>{HtmlText.Words(section.Title)}</td><td class=\"number\">{Amount.Count($"{name}.step", speed.Step)}</td><td class=\"number\">{Amount.Times($"{name}.epochs", speed.Epochs)}</td><td class=\"number\">{Amount.Rate($"{name}.rate", speed.Rate)}</td></tr>"
                : (FormattableString)$"<tr><td>{HtmlText.Words(section.Title)}</td><td class=\"number\">not reached</td><td></td><td></td></tr>");
        }

        html.Line($"</tbody></table></div></section>");
        return html.ToString();
    }
}
