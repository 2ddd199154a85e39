using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Tests.Verdicts.Recorded;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Benchmarks.Pictures;

/// <summary>The pictures of docs/verdicts.md, drawn from recorded sweeps.</summary>
internal sealed class VerdictPictures(string records)
{
    private const string Reference = "#777777";

    /// <summary>Writes all of them.</summary>
    public void Draw(string folder, TextWriter output)
    {
        Write("diverged", Curves("mnist-adam", VerdictKind.Diverged, [0.1, 0.316228], lowest: 0.1, highest: 100));
        Write("oscillating", Curves("friedman-momentum", VerdictKind.Oscillating, [0.0958691], lowest: 0.05, highest: 1.5));
        Write("too-slow", Curves("digits-sgd", VerdictKind.TooSlow, [0.00482208, 0.00965549], lowest: 0.003, highest: 5));
        Write("too-large", Curves("mnist-rmsprop", VerdictKind.TooLarge, [0.0215443, 0.0464159], lowest: 0.05, highest: 5));
        Write("good", Curves("digits-sgd", VerdictKind.Good, [0.0775, 0.155, 0.622, 1.25], lowest: 0.0005, highest: 5));
        Write("undecided", Scores("noise", lowest: 1.36, highest: 1.54, isLog: false));
        Write("rates", Scores("digits-sgd", lowest: 0.05, highest: 6, isLog: true));
        Write("pruned", Scores("digits-pruned", lowest: 0.05, highest: 6, isLog: true));

        void Write(string name, Chart chart)
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.svg"), chart.ToString());
            output.WriteLine(name);
        }
    }

    /// <summary>Training losses of some rates with a verdict, beside that of the best rate.</summary>
    private Chart Curves(string name, VerdictKind kind, double[] rates, double lowest, double highest)
    {
        var sweep = VerdictRecords.Read(records, name);
        var answer = sweep.Answer();
        var best = sweep.Trials.First(trial => trial.Rate == answer.Findings[0].BestRate);
        var chosen = rates.Select(rate => sweep.Trials.MinBy(trial => Math.Abs(Math.Log(trial.Rate / rate)))!).ToArray();
        var wrong = chosen.Where(trial => answer.Verdicts.First(verdict => verdict.Parameters.LearningRate == trial.Rate).Verdict != kind).ToArray();
        if (wrong.Length > 0)
        {
            throw new InvalidOperationException($"{name}: the rates {string.Join(", ", wrong.Select(trial => trial.Rate))} are not {kind}.");
        }

        var chart = new Chart(
            $"Training loss over optimizer steps: {string.Join(" and ", chosen.Select(RateOf))} {kind}, {RateOf(best)} the best. {Source(sweep)}",
            (0, best.Step, "optimizer step", false),
            (lowest, highest, "training loss", true));
        chart.Across(sweep.Spec.Model.Learns == LearningTask.Regression ? 1 : Core.Ranking.Baseline.TrainingLoss(sweep.Profile), "baseline");
        Draw(chart, best, Reference, 2, kind == VerdictKind.Good ? RateOf(best) : $"{RateOf(best)}, the best");
        foreach (var trial in chosen)
        {
            Draw(chart, trial, PictureStyle.Of(kind).Colour, 2.5, RateOf(trial));
        }

        return chart;
    }

    private static void Draw(Chart chart, RecordedTrial trial, string colour, double width, string label)
    {
        var points = trial.Steps.Zip(trial.Means, (step, mean) => ((double)step, mean)).ToArray();
        chart.Line(points, colour, width);
        if (trial.State == TrialState.Diverged)
        {
            chart.Mark(points[^1].Item1, points[^1].mean, PictureStyle.Of(VerdictKind.Diverged).Mark, colour);
            chart.Label(points[^1].Item1, points[^1].mean, $"{label}, stopped", colour, right: 12, down: 4);
            return;
        }

        chart.Label(points[^1].Item1, points[^1].mean, label, colour, "end", right: -4, down: -8);
    }

    /// <summary>Score against learning rate: marks by verdict, the safe range shaded, a ring around the rate to take.</summary>
    private Chart Scores(string name, double lowest, double highest, bool isLog)
    {
        var sweep = VerdictRecords.Read(records, name);
        var answer = sweep.Answer();
        var rates = answer.Verdicts.Select(verdict => verdict.Parameters.LearningRate).ToArray();
        var chart = new Chart(
            $"{sweep.Spec.Objective.Metric} against learning rate with the verdict of each. {Source(sweep)}",
            (rates[0] / 1.6, rates[^1] * 1.6, "learning rate", true),
            (lowest, highest, sweep.Spec.Objective.Metric, isLog));
        if (answer.StableRanges is [var range, ..])
        {
            chart.Band(range.Low / 1.25, range.High * 1.25, PictureStyle.Of(VerdictKind.Good).Colour);
        }

        chart.Across(answer.Baseline, "baseline");
        var scored = answer.Verdicts.Where(verdict => double.IsFinite(verdict.Mean)).ToArray();
        chart.Line(scored.Select(verdict => (verdict.Parameters.LearningRate, verdict.Mean)), "#cccccc", 1);
        foreach (var verdict in answer.Verdicts)
        {
            var style = PictureStyle.Of(verdict.Verdict);
            var (rate, score) = (verdict.Parameters.LearningRate, double.IsFinite(verdict.Mean) ? verdict.Mean : highest * 0.8);
            chart.Error(rate, score, double.IsFinite(verdict.StandardError) ? verdict.StandardError : 0, style.Colour);
            chart.Mark(rate, score, verdict.IsProvisional ? style.Provisional : style.Mark, style.Colour);
        }

        foreach (var group in answer.Verdicts.GroupBy(verdict => verdict.Verdict))
        {
            var middle = group.ElementAt(group.Count() / 2);
            chart.Label(middle.Parameters.LearningRate, double.IsFinite(middle.Mean) ? middle.Mean : highest * 0.8, group.Key.ToString(), PictureStyle.Of(group.Key).Colour, "middle", down: 27);
        }

        if (answer.Verdicts.FirstOrDefault(verdict => verdict.Parameters.LearningRate == answer.Recommended?.Configuration.Trial.Parameters.LearningRate) is { } taken)
        {
            chart.Ring(taken.Parameters.LearningRate, taken.Mean);
        }

        return chart;
    }

    private static string RateOf(RecordedTrial trial) => trial.Rate.ToString("G3", CultureInfo.InvariantCulture);

    private static string Source(RecordedSweep sweep) =>
        $"{sweep.Data}; {sweep.Spec.Model.Kind}, {sweep.Spec.Optimizers[0].Settings.Kind}.";
}
