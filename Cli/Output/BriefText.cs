using System.Globalization;
using CloudSweep.Cli.Results;

namespace CloudSweep.Cli.Output;

/// <summary>What the report tells at length, in a line each: what is as good as the answer, how soon each combination was near the best, what sharing saved.</summary>
internal static class BriefText
{
    private const int MaxCombinations = 6;

    public static void Write(TextWriter output, SweepResult result)
    {
        if (result.Answer.Recommended is { } recommended)
        {
            Sure(output, result, recommended.Trial.Number);
            Soonest(output, result);
        }

        if (Savings.Of(result) is { TextBytes: > 0 } saved)
        {
            output.WriteWrapped("Shared    ", Text($"{ByteSize.Text(saved.TextBytes)} of text for {result.Description.Trials.Count} trials, which trained on {ByteSize.Text((long)saved.TrainedBytes)} of it ({(saved.Times < 10 ? $"{saved.Times:0.##}" : $"{saved.Times:N0}")} x)"));
        }
    }

    private static void Sure(TextWriter output, SweepResult result, int taken)
    {
        var own = AnswerSection.Of(result.Answer, result.Spec).Single(section => section.Has(taken));
        var tied = result.Answer.Tied.ToHashSet();
        var others = result.Answer.Verdicts.Count(rate => tied.Contains(rate.Trials[0]) && !own.Rates.Contains(rate));
        var noise = result.Spec.Repeats == 1 ? "one run per rate, so the noise between seeds is unknown" : Text($"errors are between {result.Spec.Repeats} repeats");
        var elsewhere = others == 0 ? "" : Text($", {others} more of other combinations");
        output.WriteWrapped("Sure?     ", Text($"{own.Rates.Count(rate => rate.Tied)} of {own.Rates.Count} rates are tied with the best{elsewhere}; {noise}"));
    }

    private static void Soonest(TextWriter output, SweepResult result)
    {
        var speeds = CombinationSpeed.Of(result).Where(pair => pair.Speed is not null).OrderBy(pair => pair.Speed!.Step).ToArray();
        if (speeds.Length > 0)
        {
            var named = speeds.Take(MaxCombinations).Select(pair => Text($"{pair.Section.Title} {pair.Speed!.Step} (at {Label.Rate(pair.Speed.Rate)})"));
            output.WriteWrapped("Near best ", Text($"steps to within 5% of it: {string.Join(", ", named)}{(speeds.Length > MaxCombinations ? ", …" : "")}"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
