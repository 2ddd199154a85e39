using System.Globalization;
using System.Net;
using System.Text;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Report;

/// <summary>The part of a report that tells what was pruned, rung by rung.</summary>
internal static class PruningSection
{
    /// <summary>Empty where the sweep prunes nothing.</summary>
    public static string Of(SweepResult result)
    {
        if (result.Description.Pruning is not { } pruning)
        {
            return "";
        }

        var html = new StringBuilder();
        html.Append("<h2>Pruning</h2><p>").Append(Encode(Label.Sentence(PruningSummary.Of(pruning))));
        html.Append(" Training rows are counted, summed over trials; a trial that ended by itself counts as far as it came. Rates are compared at the same step on the same rows.</p>\n");
        if (pruning.Decisions.Count == 0)
        {
            return html.ToString();
        }

        var combinations = result.Description.Trials.ToDictionary(trial => trial.Number, trial => Label.Combination(trial.Parameters, result.Spec.Varied));
        html.Append("<div class=\"table\"><table><thead><tr><th class=\"number\">decision</th><th>combination</th><th class=\"number\">rung</th><th class=\"number\">step</th><th class=\"number\">rows evaluated</th><th class=\"number\">ranked</th><th class=\"number\">went on</th><th class=\"number\">pruned</th><th class=\"number\">of them close</th></tr></thead><tbody>\n");
        foreach (var decision in pruning.Decisions)
        {
            var pruned = decision.Entries.Count(entry => entry.Outcome == RungOutcome.Pruned);
            var wentOn = decision.Entries.Count(entry => entry.Outcome is not (RungOutcome.Pruned or RungOutcome.Diverged));
            html.Append("<tr>").Append(Number(decision.Sequence)).Append("<td>").Append(Encode(combinations[decision.Entries[0].Trials[0]])).Append("</td>");
            html.Append(Number(decision.Rung)).Append(Number(decision.Step)).Append(Number(decision.Rows)).Append(Number(decision.Ranked));
            html.Append(Number(wentOn)).Append(Number(pruned)).Append(Number(decision.Entries.Count(entry => entry.Close))).Append("</tr>\n");
        }

        return html.Append("</tbody></table></div>\n").ToString();
    }

    private static string Number(long value) => string.Create(CultureInfo.InvariantCulture, $"<td class=\"number\">{value}</td>");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
