using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Report;

/// <summary>What was pruned, rung by rung.</summary>
internal static class PruningSection
{
    /// <summary>Empty where the sweep prunes nothing.</summary>
    public static string Of(SweepResult result)
    {
        if (result.Description.Pruning is not { } pruning)
        {
            return "";
        }

        var html = new HtmlText();
        html.Line($"<section><h2>Pruning</h2><p>Trained {Amount.Share("saved.rowsShare", pruning.FullLaneRows == 0 ? 1 : (double)pruning.LaneRows / pruning.FullLaneRows)} of the rows of the full grid; {Amount.Count("pruning.rates", pruning.PrunedRates)} rates were pruned, {Amount.Count("pruning.close", pruning.CloseRates)} of them behind by no more than the noise. <span class=\"explanation\">Training rows are counted, summed over trials; a trial that ended by itself counts as far as it came. Rates are compared at the same step on the same rows.</span></p>");
        if (pruning.Decisions.Count > 0)
        {
            Decisions(html, result, pruning);
        }

        return html.Line($"</section>").ToString();
    }

    private static void Decisions(HtmlText html, SweepResult result, Pruning pruning)
    {
        var combinations = result.Description.Trials.ToDictionary(trial => trial.Number, trial => Label.Combination(trial.Parameters, result.Spec.Varied));
        html.Line($"<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Decisions at rungs\"><table><thead><tr><th class=\"number\">decision</th><th>combination</th><th class=\"number\">rung</th><th class=\"number\">step</th><th class=\"number\">rows evaluated</th><th class=\"number\">ranked</th><th class=\"number\">went on</th><th class=\"number\">pruned</th><th class=\"number\">of them close</th></tr></thead><tbody>");
        foreach (var decision in pruning.Decisions)
        {
            var name = $"decision.{decision.Sequence}";
            Markup Cell(string figure, long value) => HtmlText.Of($"<td class=\"number\">{Amount.Count($"{name}{figure}", value)}</td>");
            html.Line($"<tr>{Cell("", decision.Sequence)}<td>{HtmlText.Words(combinations[decision.Entries[0].Trials[0]])}</td>{Cell(".rung", decision.Rung)}{Cell(".step", decision.Step)}{Cell(".rows", decision.Rows)}{Cell(".ranked", decision.Ranked)}{Cell(".wentOn", decision.Entries.Count(entry => entry.Outcome is not (RungOutcome.Pruned or RungOutcome.Diverged)))}{Cell(".pruned", decision.Entries.Count(entry => entry.Outcome == RungOutcome.Pruned))}{Cell(".close", decision.Entries.Count(entry => entry.Close))}</tr>");
        }

        html.Line($"</tbody></table></div>");
    }
}
