namespace CloudSweep.Benchmarks.Regret;

/// <summary>
/// What is lost by taking the rate that a short sweep recommends. The sweep: 16 rates, pruned by 3, one seed. Against it: 64 rates over the same range, all
/// trained to their end, on five seeds that no sweep saw; the recommended rate is trained on the same five. Best is the lowest of the 64 means over those
/// seeds, so some of it is luck, which counts against the sweep.
/// </summary>
/// <param name="Sweep">The sweep that is measured.</param>
/// <param name="WorstRegret">The highest regret of five such sweeps with seeds of their own, this one among them: what luck of the one seed does.</param>
/// <param name="ByFour">The same sweep pruned by 4.</param>
/// <param name="BestRate">The best of the fine grid.</param>
/// <param name="Best">Its mean loss.</param>
/// <param name="Baseline">B.</param>
internal sealed record RegretMeasurement(SweepRegret Sweep, double WorstRegret, SweepRegret ByFour, double BestRate, double Best, double Baseline)
{
    private const int ReductionFactor = 3;
    private static readonly long[] SweepSeeds = [1, 2, 3, 4, 5];

    public static RegretMeasurement Of(RegretProblem problem, int threads)
    {
        var grid = new FineGrid(problem, threads);
        SweepRegret[] sweeps = [.. SweepSeeds.Select(seed => grid.Measure(seed, ReductionFactor))];
        return new RegretMeasurement(sweeps[0], sweeps.Max(sweep => sweep.Regret), grid.Measure(SweepSeeds[0], factor: 4), grid.BestRate, grid.Best, grid.Baseline);
    }
}
