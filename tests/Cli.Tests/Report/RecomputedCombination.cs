namespace CloudSweep.Cli.Tests.Report;

/// <summary>One combination from its rows of results.csv, by the rules of docs/verdicts.md.</summary>
internal sealed class RecomputedCombination
{
    public RecomputedCombination(IEnumerable<IReadOnlyDictionary<string, string>> rows)
    {
        Rates = [.. rows.GroupBy(row => row["learningRate"]).Select(group => new RecomputedRate([.. group.OrderBy(row => RecomputedRate.Number(row, "repeat"))])).OrderBy(rate => rate.Rate)];
        var sign = Rates[0].Repeats[0]["goal"] == "minimize" ? 1 : -1;
        var stopped = Rates.Where(rate => rate.WasStopped).Select(rate => rate.Rate).DefaultIfEmpty(double.PositiveInfinity).Min();
        HasLearned = Rates.Any(rate => rate.Verdict == "Good");
        Best = HasLearned ? Rates.Where(rate => rate.IsCompleted && rate.Rate < stopped).MinBy(rate => sign * rate.Score.Mean) : null;
        LowestDiverged = Rates.Where(rate => rate.Verdict == "Diverged").Select(rate => rate.Rate).DefaultIfEmpty(double.PositiveInfinity).Min();
    }

    public IReadOnlyList<RecomputedRate> Rates { get; }

    public int Number => Rates.Min(rate => rate.FirstTrial);

    public bool HasLearned { get; }

    public RecomputedRate? Best { get; }

    public double LowestDiverged { get; }

    /// <summary>The unbroken run of tied rates around the best.</summary>
    public IReadOnlyList<RecomputedRate> TiedRun()
    {
        var place = Rates.ToList().IndexOf(Best!);
        var (first, last) = (place, place);
        while (first > 0 && Rates[first - 1].Is("tied"))
        {
            first--;
        }

        while (last + 1 < Rates.Count && Rates[last + 1].Is("tied"))
        {
            last++;
        }

        return [.. Rates.Skip(first).Take(last - first + 1)];
    }

    /// <summary>The highest rate of the tied run that is neither above its geometric middle nor above half of the lowest diverged rate; else the best.</summary>
    public RecomputedRate Recommended()
    {
        var run = TiedRun();
        var middle = Math.Sqrt(run[0].Rate * run[^1].Rate) * (1 + 1e-9);
        return run.LastOrDefault(rate => rate.Rate <= middle && rate.Rate <= LowestDiverged / 2) ?? Best!;
    }

    public (double Low, double High) Range()
    {
        var known = Rates.Where(rate => rate.Verdict != "Undecided").ToArray();
        var high = known.Last(rate => rate.Rate < LowestDiverged && !rate.Is("provisional")).Rate;
        var low = known.Where(rate => rate.Rate <= Best!.Rate).Reverse().TakeWhile(rate => rate.Verdict != "TooSlow").Last().Rate;
        return (low, high);
    }

    /// <summary>The completed rate of which all repeats were near the best first.</summary>
    public (double Step, double Epochs, double Rate)? Soonest() => Rates
        .Where(rate => rate.Repeats.All(repeat => repeat["state"] == "Completed" && repeat["nearBestStep"].Length > 0))
        .Select(rate => (Step: rate.Repeats.Max(repeat => RecomputedRate.Number(repeat, "nearBestStep")), rate))
        .OrderBy(pair => pair.Step)
        .Select(pair => ((double, double, double)?)(pair.Step, pair.Step / RecomputedRate.Number(pair.rate.Repeats[0], "stepsPerEpoch"), pair.rate.Rate))
        .FirstOrDefault();
}
