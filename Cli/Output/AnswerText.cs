using System.Globalization;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Output;

/// <summary>The answer for people, at most 80 columns: what to take first, then what is safe, then what every rate did (* = take), then where more is.</summary>
internal static class AnswerText
{
    private const int Width = 80;

    public static void Write(TextWriter output, SweepResult result, string folder)
    {
        var (progress, answer) = (result.Progress, result.Answer);
        output.WriteLine();
        output.WriteLine(Text($"{progress.Name}: {progress.State}. {ProgressText.Trials(progress)}."));
        output.WriteLine(Text($"{Duration.Text(progress.Elapsed.ToTimeSpan())}; {ProgressText.Passes(progress)}."));
        if (progress.Reason.Length > 0)
        {
            Wrapped(output, "", progress.Reason);
        }

        output.WriteLine();
        Recommendation(output, answer);
        StableRanges(output, answer);
        if (double.IsFinite(answer.Baseline))
        {
            output.WriteLine($"Baseline  {result.Spec.Objective.Metric} {Label.Number(answer.Baseline)}, the best constant predictor");
        }

        output.WriteLine();
        Verdicts(output, result);
        foreach (var remark in result.Description.Remarks)
        {
            Wrapped(output, "note: ", remark);
        }

        output.WriteLine($"Report    {Path.GetRelativePath(Environment.CurrentDirectory, ResultFolder.ReportIn(folder))}");
        output.WriteLine("          results.csv, results.json and measurements.csv are beside it.");
        if (File.Exists(ResultFolder.ModelIn(folder)))
        {
            output.WriteLine($"Model     {Path.GetRelativePath(Environment.CurrentDirectory, ResultFolder.ModelIn(folder))}");
            output.WriteLine("          of the trial to take; cloudsweep predict MODEL DATA uses it.");
        }
    }

    private static void Recommendation(TextWriter output, Answer answer)
    {
        if (answer.Recommended is not { } recommended)
        {
            output.WriteLine("Take      nothing yet: no rate learned anything. Try other rates or more epochs.");
            output.WriteLine();
            return;
        }

        var trial = recommended.Trial;
        output.WriteLine($"Take      {Label.Combination(trial.Parameters)} with learning rate {Label.Rate(trial.Parameters.LearningRate)}");
        output.WriteLine($"          {Metrics(trial)}");
        Wrapped(output, "          ", Label.Sentence(recommended.Reason));
        if (answer.Best is { } best && best.Number != trial.Number)
        {
            Wrapped(output, "Best      ", $"{Label.Combination(best.Parameters)} with {Label.Rate(best.Parameters.LearningRate)}: {Metrics(best)}");
        }

        output.WriteLine();
    }

    private static void StableRanges(TextWriter output, Answer answer)
    {
        foreach (var range in answer.StableRanges)
        {
            var open = (range.BracketedBelow, range.BracketedAbove) switch
            {
                (true, true) => "",
                (false, true) => ", open below: try lower rates too",
                (true, false) => ", open above: try higher rates too",
                _ => ", open on both sides: try a wider grid",
            };
            Wrapped(output, "Safe      ", Text($"{Label.Combination(range.OptimizerJson, range.ScheduleJson)}: {Label.Rate(range.Low)} to {Label.Rate(range.High)} ({range.Decades:F1} decades{open})"));
        }
    }

    private static void Verdicts(TextWriter output, SweepResult result)
    {
        var metric = result.Spec.Objective.Metric;
        var recommended = result.Answer.Recommended?.Trial.Number;
        foreach (var group in result.Answer.Verdicts.GroupBy(verdict => Label.Combination(verdict.Parameters)))
        {
            output.WriteLine(Text($"{group.Key,-11}{metric,10}  verdict"));
            foreach (var verdict in group)
            {
                var mark = verdict.Trials.Any(trial => trial == recommended) ? '*' : ' ';
                var remark = verdict.Isolated ? " (isolated)" : "";
                Wrapped(output, Text($"{mark}{Label.Rate(verdict.Parameters.LearningRate),10}{Label.Number(verdict.Mean),10}  {verdict.Verdict,-11} "), verdict.Evidence + remark);
            }

            output.WriteLine();
        }
    }

    private static string Metrics(Trial trial) => string.Join(", ", SweepResult.ShortMetrics(trial).Select(metric => $"{metric.Name} {Label.Number(metric.Value)}"));

    /// <summary>Writes words after a prefix, later lines indented as far.</summary>
    private static void Wrapped(TextWriter output, string prefix, string text)
    {
        var line = prefix;
        var isFirst = true;
        foreach (var word in text.Split(' '))
        {
            if (!isFirst && line.Length + 1 + word.Length > Width)
            {
                output.WriteLine(line.TrimEnd());
                line = new string(' ', prefix.Length);
                isFirst = true;
            }

            line += isFirst ? word : ' ' + word;
            isFirst = false;
        }

        output.WriteLine(line.TrimEnd());
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
