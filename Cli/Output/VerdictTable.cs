using System.Globalization;
using CloudSweep.Cli.Results;

namespace CloudSweep.Cli.Output;

/// <summary>What every rate did: a table per combination. A long title or metric name gets the room that it needs.</summary>
internal static class VerdictTable
{
    private const int RateWidth = 11;

    public static void Write(TextWriter output, SweepResult result)
    {
        foreach (var section in AnswerSection.Of(result.Answer, result.Spec))
        {
            Write(output, section, result);
        }

        if (result.Answer.Recommended is not null)
        {
            output.WriteLine("SE: standard error; of the difference in \"within 2 SE\". Gain: baseline to best.");
            output.WriteLine();
        }
    }

    private static void Write(TextWriter output, AnswerSection section, SweepResult result)
    {
        var metric = result.Spec.Objective.Metric;
        var valueWidth = Math.Max(10, metric.Length + 2);
        var isTitleShort = section.Title.Length < RateWidth;
        if (!isTitleShort)
        {
            output.WriteWrapped("", section.Title);
        }

        output.WriteLine($"{(isTitleShort ? section.Title : "").PadRight(RateWidth)}{metric.PadLeft(valueWidth)}  verdict");
        foreach (var verdict in section.Rates)
        {
            var mark = verdict.Trials.Any(trial => trial == result.Answer.Recommended?.Trial.Number) ? '*' : ' ';
            var remark = verdict.Isolated ? " (isolated)" : "";
            var prefix = $"{mark}{Label.Rate(verdict.Parameters.LearningRate).PadLeft(RateWidth - 1)}{Label.Number(verdict.Mean).PadLeft(valueWidth)}";
            output.WriteWrapped(string.Create(CultureInfo.InvariantCulture, $"{prefix}  {verdict.Verdict,-11} "), verdict.Evidence + remark);
        }

        output.WriteLine();
    }
}
