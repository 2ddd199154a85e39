using System.Globalization;
using static CloudSweep.Cli.Tests.Report.RecomputedRate;

namespace CloudSweep.Cli.Tests.Report;

/// <summary>Every figure of a report by its name, computed from results.csv alone: nothing of CloudSweep is called.</summary>
internal sealed class RecomputedFigures
{
    private const int ChartedCombinations = 30;

    private readonly CsvTable _csv;

    // All but the ramps of range tests.
    private readonly IReadOnlyDictionary<string, string>[] _trials;
    private readonly Dictionary<string, double> _figures = [];

    public RecomputedFigures(CsvTable csv)
    {
        _csv = csv;
        var varied = csv.Header.SkipWhile(name => name != "schedule").Skip(1).TakeWhile(name => name != "learningRate").ToArray();
        _trials = [.. csv.Rows.Where(row => row.GetValueOrDefault("rampFrom", "").Length == 0)];
        Combinations = [.. _trials.GroupBy(row => string.Join('\n', [row["optimizer"], row["schedule"], .. varied.Select(name => row[name])])).Select(group => new RecomputedCombination(group))];
        Sweep();
        Rates();
        Trials();
        Answer();
        Decisions();
        Savings();
    }

    public IReadOnlyList<RecomputedCombination> Combinations { get; }

    public RecomputedCombination? Taken { get; private set; }

    /// <summary>A figure; null where results.csv does not give one of this name.</summary>
    public double? this[string name] => _figures.TryGetValue(name, out var value) ? value : null;

    private IReadOnlyDictionary<string, string> First => _csv.Rows[0];

    private int Sign => First["goal"] == "minimize" ? 1 : -1;

    private IEnumerable<string> Metrics => _csv.Header.Where(name => name.StartsWith("val_", StringComparison.Ordinal) && !name.EndsWith("_standardError", StringComparison.Ordinal));

    private void Set(FormattableString name, double value) => _figures[name.ToString(CultureInfo.InvariantCulture)] = value;

    private void Sweep()
    {
        Set($"trials", _csv.Rows.Count);
        foreach (var state in _csv.Rows.GroupBy(row => row["state"]))
        {
            Set($"trials.{state.Key.ToLowerInvariant()}", state.Count());
        }

        Set($"data.trainRows", Number(First, "trainRows"));
        Set($"data.validationRows", Number(First, "validationRows"));
        Set($"data.rows", Number(First, "trainRows") + Number(First, "validationRows"));
        Set($"data.features", Number(First, "features"));
        Set($"data.classes", Number(First, "classes"));
        Set($"baseline", Number(First, "baseline"));
        Set($"combinations", Combinations.Count);
        Set($"combinations.drawn", Math.Min(ChartedCombinations, Combinations.Count));
    }

    private void Rates()
    {
        foreach (var rate in Combinations.SelectMany(combination => combination.Rates))
        {
            Set($"rate.{rate.FirstTrial}.rate", rate.Rate);
            Set($"rate.{rate.FirstTrial}.score", rate.Score.Mean);
            Set($"rate.{rate.FirstTrial}.error", rate.Score.Error);
        }
    }

    private void Trials()
    {
        foreach (var row in _csv.Rows)
        {
            Set($"trial.{row["trial"]}", Number(row, "trial"));
            if (row.GetValueOrDefault("rangeLow", "").Length > 0)
            {
                Set($"ramp.{row["trial"]}.low", Number(row, "rangeLow"));
                Set($"ramp.{row["trial"]}.high", Number(row, "rangeHigh"));
            }

            Set($"trial.{row["trial"]}.rate", Number(row, "learningRate"));
            Set($"trial.{row["trial"]}.repeat", Number(row, "repeat"));
            Set($"trial.{row["trial"]}.steps", Number(row, "stepsDone"));
            Set($"trial.{row["trial"]}.score", Number(row, row["objective"]));
            Set($"trial.{row["trial"]}.error", Number(row, $"{row["objective"]}_standardError"));
        }
    }

    private void Answer()
    {
        Set($"sure.undecided", Combinations.SelectMany(combination => combination.Rates).Count(rate => rate.Verdict == "Undecided"));
        Set($"sure.repeats", _trials.Select(row => row["repeat"]).Distinct().Count());
        var best = Combinations.SelectMany(combination => combination.Rates).Where(rate => rate.IsCompleted).OrderBy(rate => Sign * rate.Score.Mean).ThenBy(rate => rate.FirstTrial).FirstOrDefault();
        if (best is not null)
        {
            Configuration("best", best);
            Set($"best.score", best.Score.Mean);
        }

        foreach (var combination in Combinations.Where(combination => combination.HasLearned))
        {
            var (low, high) = combination.Range();
            Set($"range.{combination.Number}.low", low);
            Set($"range.{combination.Number}.high", high);
            Set($"range.{combination.Number}.decades", Math.Log10(high / low));
        }

        Taken = Combinations.Where(combination => combination.HasLearned).MinBy(combination => Sign * combination.Best!.Score.Mean);
        if (Taken is not null)
        {
            Recommended(Taken, Taken.Recommended());
        }
    }

    private void Recommended(RecomputedCombination taken, RecomputedRate rate)
    {
        Configuration("recommended", rate);
        Set($"sure.tied", taken.Rates.Count(tied => tied.Is("tied")));
        Set($"sure.rates", taken.Rates.Count);
        Set($"sure.others", Combinations.Where(combination => combination != taken).SelectMany(combination => combination.Rates).Count(other => other.Is("tiedWithBest")));
        var gain = Math.Abs(Number(First, "baseline") - rate.Score.Mean);
        Set($"sure.gain", gain);
        Set($"sure.gainErrors", gain / rate.Score.Error);
        foreach (var combination in Combinations)
        {
            if (combination.Soonest() is { } soonest)
            {
                Set($"speed.{combination.Number}.step", soonest.Step);
                Set($"speed.{combination.Number}.epochs", soonest.Epochs);
                Set($"speed.{combination.Number}.rate", soonest.Rate);
            }
        }

        foreach (var row in rate.Repeats.Where(repeat => repeat.GetValueOrDefault("testRows", "").Length > 0))
        {
            Set($"test.rows", Number(row, "testRows"));
            foreach (var column in _csv.Header.Where(name => name.StartsWith("test_", StringComparison.Ordinal) && !name.EndsWith("_standardError", StringComparison.Ordinal)))
            {
                Set($"test.{column}", Number(row, column));
                Set($"test.{column}.error", Number(row, $"{column}_standardError"));
            }
        }
    }

    private void Configuration(string name, RecomputedRate rate)
    {
        Set($"{name}.rate", rate.Rate);
        Set($"{name}.repeats", rate.Repeats.Count);
        foreach (var metric in Metrics)
        {
            Set($"{name}.{metric}", rate.Of(metric).Mean);
            Set($"{name}.{metric}.error", rate.Of(metric).Error);
        }
    }

    private void Decisions()
    {
        var rungs = _csv.Header.Count(name => name.StartsWith("rung", StringComparison.Ordinal) && name.EndsWith("_decision", StringComparison.Ordinal));
        var entries = Enumerable.Range(1, rungs).SelectMany(rung => Combinations.SelectMany(combination => combination.Rates
            .Where(rate => Cell(rate, rung, "decision").Length > 0)
            .Select(rate => (Rung: rung, Combination: combination, Rate: rate, Decision: int.Parse(Cell(rate, rung, "decision"), CultureInfo.InvariantCulture))))).ToArray();
        foreach (var decision in entries.GroupBy(entry => entry.Decision))
        {
            var (rung, combination, rate, number) = decision.First();
            Set($"decision.{number}", number);
            Set($"decision.{number}.rung", rung);
            Set($"decision.{number}.step", double.Parse(Cell(rate, rung, "step"), CultureInfo.InvariantCulture));
            Set($"decision.{number}.rows", double.Parse(Cell(rate, rung, "rows"), CultureInfo.InvariantCulture));
            Set($"decision.{number}.ranked", entries.Count(entry => entry.Combination == combination && entry.Rung == rung && entry.Decision <= number));
            Set($"decision.{number}.wentOn", decision.Count(entry => Cell(entry.Rate, rung, "outcome") is not ("Pruned" or "Diverged")));
            Set($"decision.{number}.pruned", decision.Count(entry => Cell(entry.Rate, rung, "outcome") == "Pruned"));
            Set($"decision.{number}.close", decision.Count(entry => Cell(entry.Rate, rung, "close") == "true"));
        }

        Set($"pruning.rates", entries.Count(entry => Cell(entry.Rate, entry.Rung, "outcome") == "Pruned"));
        Set($"pruning.close", entries.Count(entry => Cell(entry.Rate, entry.Rung, "close") == "true"));
    }

    private static string Cell(RecomputedRate rate, int rung, string column) => rate.Repeats[0][FormattableString.Invariant($"rung{rung}_{column}")];

    private void Savings()
    {
        var (trained, full) = (_csv.Rows.Sum(row => Number(row, "rowsTrained")), _csv.Rows.Sum(row => Number(row, "rowsOfFullGrid")));
        var times = trained / (Number(First, "trainRows") + Number(First, "validationRows"));
        Set($"saved.textBytes", Number(First, "textBytes"));
        Set($"saved.trainedBytes", Number(First, "textBytes") * times);
        Set($"saved.times", times);
        Set($"saved.rowsTrained", trained);
        Set($"saved.rowsFull", full);
        Set($"saved.rowsShare", trained / full);
    }
}
