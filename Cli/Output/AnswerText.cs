using System.Globalization;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Output;

/// <summary>The answer for people, at most 80 columns: what to take first, then what is safe, then what every rate did (* = take), then where more is.</summary>
internal static class AnswerText
{
    /// <param name="folder">Where the sweep's files are.</param>
    public static void Write(TextWriter output, SweepResult result, string folder)
    {
        Write(output, result);
        Files(output, result, folder);
    }

    public static void Write(TextWriter output, SweepResult result)
    {
        var (progress, answer) = (result.Progress, result.Answer);
        output.WriteLine();
        output.WriteLine(Text($"{progress.Name}: {progress.State}. {ProgressText.Trials(progress)}."));
        output.WriteLine(Text($"{Duration.Text(progress.Elapsed.ToTimeSpan())}; {ProgressText.Passes(progress)}."));
        if (result.Description.Data is { } data)
        {
            output.WriteWrapped("", $"{DataText.Of(data)}.");
        }

        if (progress.Stopped)
        {
            output.WriteWrapped("", "It was stopped: what had begun was finished, and nothing new is tried.");
        }

        if (progress.Reason.Length > 0)
        {
            output.WriteWrapped("why: ", progress.Reason);
        }

        if (progress.WaitsForWorker)
        {
            output.WriteWrapped("", $"{char.ToUpperInvariant(ProgressText.NoWorker[0])}{ProgressText.NoWorker[1..]}.");
        }

        output.WriteLine();
        if (RangeText.IsRangeTestOnly(result.Spec) && result.Answer.Verdicts.Count == 0)
        {
            RangeAnswer.Write(output, result);
            return;
        }

        Recommendation(output, result);
        foreach (var range in result.Description.Ranges)
        {
            output.WriteWrapped("Range     ", RangeText.Of(range, result.Spec));
        }

        StableRanges(output, result);
        if (double.IsFinite(answer.Baseline))
        {
            output.WriteLine($"Baseline  {result.Spec.Objective.Metric} {Label.Number(answer.Baseline)}, the best constant predictor");
        }

        BriefText.Write(output, result);
        if (result.Description.Pruning is { } pruning)
        {
            output.WriteWrapped("Pruning   ", PruningSummary.Of(pruning));
        }

        output.WriteLine();
        if (result.Description.Trials.All(trial => trial.Metrics.Count == 0 && trial.State is TrialState.Pending or TrialState.Running or TrialState.Cancelled))
        {
            output.WriteLine("No learning rate was measured yet.");
        }
        else
        {
            VerdictTable.Write(output, result);
        }

        foreach (var remark in result.Description.Remarks)
        {
            output.WriteWrapped("note: ", remark);
        }
    }

    private static void Files(TextWriter output, SweepResult result, string folder)
    {
        output.WriteLine($"Report    {Path.GetRelativePath(Environment.CurrentDirectory, ResultFolder.ReportIn(folder))}");
        output.WriteLine("          results.csv, results.json and measurements.csv are beside it.");
        if (result.Description.BadRows is { Count: > 0 })
        {
            output.WriteLine("          bad-rows.csv names the rows that were left out.");
        }

        if (File.Exists(ResultFolder.ModelIn(folder)))
        {
            output.WriteLine($"Model     {Path.GetRelativePath(Environment.CurrentDirectory, ResultFolder.ModelIn(folder))}");
            output.WriteLine($"          of {(result.Answer.Recommended is null ? "the best trial" : "what to take")}; cloudsweep predict MODEL DATA uses it.");
        }
    }

    private static void Recommendation(TextWriter output, SweepResult result)
    {
        var answer = result.Answer;
        if (answer.Recommended is not { } recommended)
        {
            output.WriteWrapped("Take      ", $"nothing yet. {answer.Advice}");
            Test(output, answer.Best);
            output.WriteLine();
            return;
        }

        var parameters = recommended.Trial.Parameters;
        output.WriteWrapped("Take      ", $"{Label.Combination(parameters, result.Spec.Varied)} with learning rate {Label.Rate(parameters.LearningRate)}");
        output.WriteWrapped("          ", ScoreText.Of(recommended.Score));
        output.WriteWrapped("          ", Label.Sentence(recommended.Reason));
        Test(output, recommended.Trial);
        if (answer.Best is { } best && best.Number != recommended.Trial.Number)
        {
            output.WriteWrapped("Best      ", $"{Label.Combination(best.Parameters, result.Spec.Varied)} with {Label.Rate(best.Parameters.LearningRate)}");
            output.WriteWrapped("          ", ScoreText.Of(answer.BestScore));
        }

        output.WriteLine();
    }

    private static void Test(TextWriter output, Trial? winner)
    {
        if (winner is { TestMetrics.Count: > 0 })
        {
            output.WriteWrapped("Test      ", ScoreText.OfTest(winner));
        }
    }

    private static void StableRanges(TextWriter output, SweepResult result)
    {
        foreach (var range in result.Answer.StableRanges)
        {
            var open = (range.BracketedBelow, range.BracketedAbove) switch
            {
                (true, true) => "",
                (false, true) => ", open below: try lower rates too",
                (true, false) => ", open above: try higher rates too",
                _ => ", open on both sides: try a wider grid",
            };
            output.WriteWrapped("Safe      ", Text($"{Label.Combination(CombinationKey.Of(range), result.Spec.Varied)}: {Label.Rate(range.Low)} to {Label.Rate(range.High)} ({range.Decades:F1} decades{open})"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
