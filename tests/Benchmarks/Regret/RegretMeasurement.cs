using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ranking;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Benchmarks.Regret;

/// <summary>
/// What is lost by taking the rate that a short sweep recommends. The sweep: 16 rates, pruned by 3, one seed. Against it: 64 rates over the same
/// range, all trained to their end, on five seeds that the sweep did not see; the recommended rate is trained on the same five. Best is the lowest of the
/// 64 means over those seeds, so some of it is luck, which counts against the sweep.
/// </summary>
/// <param name="Regret">(loss of the recommended rate − best) / (B − best), means over the fresh seeds; infinite when the rate diverged on one, or none was recommended.</param>
/// <param name="RowsShare">Rows of the sweep over those of the fine grid on one seed, evaluation included.</param>
/// <param name="Recommended">The rate; NaN without one.</param>
/// <param name="BestRate">The best of the fine grid.</param>
/// <param name="Best">Its mean loss.</param>
/// <param name="Baseline">B.</param>
internal sealed record RegretMeasurement(double Regret, double RowsShare, double Recommended, double BestRate, double Best, double Baseline)
{
    public const int CoarseRates = 16;
    public const int FineRates = 64;

    /// <summary>η of the sweep.</summary>
    public const int ReductionFactor = 3;

    private const long SweepSeed = 1;
    private static readonly long[] FreshSeeds = [101, 102, 103, 104, 105];

    public static RegretMeasurement Of(RegretProblem problem, int threads)
    {
        var rows = problem.Rows();
        var (min, max) = problem.Range;
        var sweep = SweepRun.Of(problem.Sweep(new LearningRateGrid.Log(min, max, CoarseRates), SweepSeed, new PruningSpec.SuccessiveHalving(ReductionFactor)), rows, threads);
        var recommended = sweep.Answer.Recommended?.Configuration.Trial.Parameters.LearningRate ?? double.NaN;
        var fine = LearningRates.Of(new LearningRateGrid.Log(min, max, FineRates));
        var grid = FreshSeeds.Select(seed => Losses(problem, rows, fine, seed, threads)).ToArray();
        var (best, bestRate) = fine.Select((rate, index) => (grid.Average(run => run.Losses[index]), rate)).Min();
        var loss = double.IsNaN(recommended) ? double.PositiveInfinity : FreshSeeds.Average(seed => Losses(problem, rows, [recommended], seed, threads).Losses[0]);
        var baseline = Core.Ranking.Baseline.Of(rows.Profile(), MetricNames.ValidationLoss);
        return new RegretMeasurement(
            (loss - best) / (baseline - best), sweep.LaneRows / grid.Average(run => run.LaneRows), recommended, bestRate, best, baseline);
    }

    // Infinite where it diverged.
    private static (double[] Losses, double LaneRows) Losses(RegretProblem problem, TableRows rows, IReadOnlyList<double> rates, long seed, int threads)
    {
        var spec = problem.Sweep(new LearningRateGrid.List(rates), seed, pruning: null);
        var run = SweepRun.Of(spec, rows, threads);
        return ([.. run.Results.Select(result => LossOf(result, spec.Objective))], run.LaneRows);
    }

    private static double LossOf(TrialResult result, Objective objective) =>
        TrialScore.Of(result.Measurements, objective, result.State)?.Value ?? double.PositiveInfinity;
}
