using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Report;

/// <summary>How sure the answer is: ties, noise, and what it could not see.</summary>
internal static class ConfidenceSection
{
    private const int NamedOthers = 6;

    public static string Of(SweepResult result)
    {
        if (result.Answer.Recommended is not { } recommended)
        {
            return "";
        }

        var html = new HtmlText();
        html.Line($"<section><h2>How sure is this?</h2><ul class=\"sure\">");
        var own = AnswerSection.Of(result.Answer, result.Spec).Single(section => section.Has(recommended.Trial.Number));
        Ties(html, own);
        OtherTies(html, result, own);
        Gain(html, result, recommended);
        Noise(html, result);
        Unseen(html, result);
        html.Line($"</ul></section>");
        return html.ToString();
    }

    private static void Ties(HtmlText html, AnswerSection own)
    {
        var tied = own.Rates.Where(rate => rate.Tied).ToArray();
        var rates = HtmlText.Join(", ", tied.Select(rate => Amount.Rate($"rate.{rate.Trials[0]}.rate", rate.Parameters.LearningRate)));
        html.Line($"<li><strong>Ties:</strong> {Amount.Count("sure.tied", tied.Length)} of {Amount.Count("sure.rates", own.Rates.Count)} rates of {HtmlText.Words(own.Title)} can't be told from its best by more than one standard error of the difference: {rates}.</li>");
    }

    private static void OtherTies(HtmlText html, SweepResult result, AnswerSection own)
    {
        var tied = result.Answer.Tied.ToHashSet();
        var others = result.Answer.Verdicts.Where(rate => tied.Contains(rate.Trials[0]) && !own.Rates.Contains(rate)).ToArray();
        if (others.Length > 0)
        {
            var named = others.Take(NamedOthers).Select(rate => HtmlText.Of($"{HtmlText.Words(Label.Combination(rate.Parameters, result.Spec.Varied))} {Amount.Rate($"rate.{rate.Trials[0]}.rate", rate.Parameters.LearningRate)}"));
            html.Line($"<li><strong>As good:</strong> {Amount.Count("sure.others", others.Length)} of the other combinations' rates, by the same measure: {HtmlText.Join(", ", named)}{(others.Length > NamedOthers ? ", …" : ".")}</li>");
        }
    }

    private static void Gain(HtmlText html, SweepResult result, Recommendation recommended)
    {
        var score = recommended.Score.Metrics.First(metric => metric.Name == result.Spec.Objective.Metric);
        var gain = Math.Abs(result.Answer.Baseline - score.Value);
        html.Line($"<li><strong>Gain:</strong> {score.Name} {Amount.Value("baseline", result.Answer.Baseline)} is what the best constant guess scores (the baseline). What is recommended is better by {Amount.Value("sure.gain", gain)}{(score.StandardError > 0 ? HtmlText.Of($", which is {Amount.Times("sure.gainErrors", gain / score.StandardError)} times its standard error") : new Markup(""))}.</li>");
    }

    private static void Noise(HtmlText html, SweepResult result)
    {
        var repeats = result.Spec.Repeats;
        html.Line(repeats == 1
            ? $"<li><strong>Noise:</strong> each rate was trained once. Only the noise of scoring {Amount.Count("data.validationRows", result.Description.Data?.ValidationRows ?? 0)} validation rows is known, not the noise between seeds, so small differences may be chance. <code>repeats: 3</code> in the sweep file would tell.</li>"
            : (FormattableString)$"<li><strong>Noise:</strong> each rate was trained {Amount.Count("sure.repeats", repeats)} times, with other initial weights and another order of the rows. Errors are those between these repeats.</li>");
    }

    private static void Unseen(HtmlText html, SweepResult result)
    {
        if (result.Description.Pruning is { PrunedRates: > 0 } pruning)
        {
            html.Line($"<li><strong>Pruned:</strong> {Amount.Count("pruning.rates", pruning.PrunedRates)} rates were ended early, so their verdicts are provisional. {Amount.Count("pruning.close", pruning.CloseRates)} of them were behind by no more than the noise: chance may have decided.</li>");
        }

        var undecided = result.Answer.Verdicts.Count(rate => rate.Verdict == VerdictKind.Undecided);
        if (undecided > 0)
        {
            html.Line($"<li><strong>Undecided:</strong> nothing can be said of {Amount.Count("sure.undecided", undecided)} rates; the tables below say why.</li>");
        }

        if (result.Progress.State != SweepState.Completed)
        {
            html.Line($"<li><strong>Not the end:</strong> the sweep is {result.Progress.State}. The answer can change.</li>");
        }
        else if (result.Progress.Stopped)
        {
            html.Line($"<li><strong>Stopped:</strong> a person stopped the sweep: what had begun was finished, and nothing new was tried.</li>");
        }
    }
}
