using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ranking;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Benchmarks.Regret;

/// <summary>All 64 rates of a problem, trained to their end on five fresh seeds, and sweeps of 16 rates measured by them.</summary>
internal sealed class FineGrid
{
    private const int CoarseRates = 16;
    private const int FineRates = 64;
    private static readonly long[] FreshSeeds = [101, 102, 103, 104, 105];

    private readonly RegretProblem _problem;
    private readonly int _threads;
    private readonly TableRows _rows;
    private readonly double _laneRows;
    private readonly Dictionary<double, double> _losses = [];

    public FineGrid(RegretProblem problem, int threads)
    {
        (_problem, _threads, _rows) = (problem, threads, problem.Rows());
        var rates = LearningRates.Of(new LearningRateGrid.Log(problem.Range.Min, problem.Range.Max, FineRates));
        var runs = FreshSeeds.Select(seed => Train(rates, seed)).ToArray();
        _laneRows = runs.Average(run => (double)run.LaneRows);
        (Best, BestRate) = rates.Select((rate, index) => (runs.Average(run => LossOf(run.Results[index])), rate)).Min();
        Baseline = Core.Ranking.Baseline.Of(_rows.Profile(), MetricNames.ValidationLoss);
    }

    /// <summary>The rate with the lowest mean loss over the fresh seeds.</summary>
    public double BestRate { get; }

    /// <summary>Its mean loss.</summary>
    public double Best { get; }

    /// <summary>B.</summary>
    public double Baseline { get; }

    /// <summary>Runs a sweep of the coarse grid and trains what it recommends on the fresh seeds.</summary>
    /// <param name="seed">Of the sweep.</param>
    /// <param name="factor">By which it is pruned.</param>
    public SweepRegret Measure(long seed, int factor)
    {
        var grid = new LearningRateGrid.Log(_problem.Range.Min, _problem.Range.Max, CoarseRates);
        var sweep = SweepRun.Of(_problem.Sweep(grid, seed, new PruningSpec.SuccessiveHalving(factor)), _rows, _threads);
        var rate = sweep.Answer.Recommended?.Configuration.Trial.Parameters.LearningRate ?? double.NaN;
        return new SweepRegret((MeanLoss(rate) - Best) / (Baseline - Best), sweep.LaneRows / _laneRows, rate);
    }

    private double MeanLoss(double rate)
    {
        if (double.IsNaN(rate))
        {
            return double.PositiveInfinity;
        }

        return _losses.TryGetValue(rate, out var known) ? known : _losses[rate] = FreshSeeds.Average(seed => LossOf(Train([rate], seed).Results[0]));
    }

    private SweepRun Train(IReadOnlyList<double> rates, long seed) => SweepRun.Of(_problem.Sweep(new LearningRateGrid.List(rates), seed, pruning: null), _rows, _threads);

    // Infinite where it diverged.
    private static double LossOf(TrialResult result) =>
        TrialScore.Of(result.Measurements, new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final), result.State)?.Value ?? double.PositiveInfinity;
}
