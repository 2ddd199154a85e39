using System.Diagnostics;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Pruning;
using CloudSweep.Worker.Training;

namespace CloudSweep.Benchmarks.Halving;

/// <summary>Trains a grid of rates as one job, deciding at rungs as the Coordinator does, and counts.</summary>
internal sealed class GridRun : ITrainingObserver
{
    private readonly PruningSpec.SuccessiveHalving? _halving;
    private readonly Dictionary<int, double> _rates;
    private readonly HashSet<int> _open;
    private readonly HashSet<int> _diverged = [];
    private readonly List<Measurement.Rung> _reported = [];
    private long _trainedRows;

    private GridRun(TrainingPlan plan)
    {
        _halving = plan.Pruning as PruningSpec.SuccessiveHalving;
        _rates = plan.Lanes.ToDictionary(lane => lane.Trial, lane => lane.Parameters.LearningRate);
        _open = [.. _rates.Keys];
    }

    public TimeSpan Elapsed { get; private set; }

    /// <summary>Rows summed over lanes, trained and evaluated.</summary>
    public long LaneRows => _trainedRows + EvaluatedRows;

    public long EvaluatedRows { get; private set; }

    public double BestLoss { get; private set; } = double.PositiveInfinity;

    public int Diverged => _diverged.Count;

    public IReadOnlySet<int> OpenTrials => _open;

    public static GridRun Measure(TrainingPlan plan, ITrainingRows rows, int threads)
    {
        var run = new GridRun(plan);
        var clock = Stopwatch.StartNew();
        new JobTrainer(plan, rows, KernelPaths.Supported()[0], threads, run).Run(null, CancellationToken.None);
        run.Elapsed = clock.Elapsed;
        return run;
    }

    public void Measured(Measurement measurement)
    {
        switch (measurement)
        {
            case Measurement.Evaluation evaluation:
                EvaluatedRows += evaluation.Rows;
                break;
            case Measurement.Rung rung:
                EvaluatedRows += rung.Rows;
                _reported.Add(rung);
                break;
        }

        if (measurement is Measurement.Evaluation final && LossOf(final.Metrics) is var loss && loss < BestLoss)
        {
            BestLoss = loss;
        }
    }

    public void SaveModel(int trial, long step, Action<Stream> write)
    {
    }

    public void Ended(TrialOutcome outcome)
    {
        if (outcome.State == TrialState.Diverged)
        {
            _diverged.Add(outcome.Trial);
        }
    }

    public void AwaitDecision(long position, long laneRows)
    {
        var candidates = _reported.Select(rung => new RungCandidate(_rates[rung.Trial], [rung.Trial], LossOf(rung.Metrics), double.NaN, rung.Rows, HasDiverged: false))
            .Concat(_diverged.Where(_open.Contains).Select(trial => new RungCandidate(_rates[trial], [trial], double.NaN, double.NaN, 0, HasDiverged: true)));
        var (entries, _) = HalvingRule.Decide(_halving!, ObjectiveGoal.Minimize, [], [.. candidates]);
        _open.ExceptWith(entries.Where(entry => !entry.GoesOn()).SelectMany(entry => entry.Trials));
        _reported.Clear();
    }

    public TrainingDirective AtTurnEnd(long position, long laneRows)
    {
        _trainedRows = laneRows;
        return TrainingDirective.Continue;
    }

    public void AtEnd(long position, long laneRows) => _trainedRows = laneRows;

    public void SaveCheckpoint(long position, Action<Stream> write)
    {
    }

    private static double LossOf(IReadOnlyList<Metric> metrics) => metrics.First(metric => metric.Name == MetricNames.ValidationLoss).Value;
}
