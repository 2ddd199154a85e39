using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Training;

namespace CloudSweep.Benchmarks.Halving;

/// <summary>What successive halving saves: 64 rates of an MLP on data in memory, as one job, with and without it.</summary>
internal sealed class HalvingBenchmark : IBenchmark
{
    private const int Rates = 64;
    private const int Repeats = 3;

    public string Name => "halving";

    public string Description => "64 rates of an MLP on data in memory, pruned by 4 against the full grid: lane-rows and wall time";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = new MemoryRows(featureCount: 32, classCount: 10, trainRows: 16_384, validationRows: 2_048);
        var threads = Environment.ProcessorCount;
        var (full, pruned) = (Plan(null), Plan(new PruningSpec.SuccessiveHalving()));

        Task<GridRun> MeasureAsync(TrainingPlan plan)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(GridRun.Measure(plan, rows, threads));
        }

        var turns = await Interleaved<GridRun>.RunAsync(Repeats, () => MeasureAsync(full), () => MeasureAsync(pruned));
        static double Fewer(GridRun[] turn) => (double)turn[0].LaneRows / turn[1].LaneRows;
        static double Faster(GridRun[] turn) => turn[0].Elapsed / turn[1].Elapsed;
        yield return new CaseResult(Name, "64 rates, lane-rows", turns.Median(Fewer), "x fewer", Goal.AtLeast(10), new Dictionary<string, double>
        {
            ["full M rows"] = turns.Median(turn => turn[0].LaneRows / 1e6),
            ["pruned M rows"] = turns.Median(turn => turn[1].LaneRows / 1e6),
            ["evaluated of full M"] = turns.Median(turn => turn[0].EvaluatedRows / 1e6),
            ["evaluated of pruned M"] = turns.Median(turn => turn[1].EvaluatedRows / 1e6),
            ["diverged of full"] = turns.Median(turn => turn[0].Diverged),
            ["best loss full"] = turns.Median(turn => turn[0].BestLoss),
            ["best loss pruned"] = turns.Median(turn => turn[1].BestLoss),
        });
        yield return new CaseResult(Name, "64 rates, wall time", turns.Median(Faster), "x faster", Goal.AtLeast(6), new Dictionary<string, double>
        {
            ["full s"] = turns.Median(turn => turn[0].Elapsed.TotalSeconds),
            ["pruned s"] = turns.Median(turn => turn[1].Elapsed.TotalSeconds),
            ["lowest"] = turns.Lowest(Faster),
            ["highest"] = turns.Highest(Faster),
        });
    }

    // 512 steps an epoch, 5,120 in all: rungs at 80, 320 and 1,280.
    private static TrainingPlan Plan(PruningSpec? pruning)
    {
        var (model, training) = (new ModelSpec.Mlp([32], Activation.Relu), new TrainingSpec(10, 32, 1));
        var rates = LearningRates.Of(new LearningRateGrid.Log(1e-4, 1, Rates));
        var lanes = rates.Select((rate, index) => new LaneSpec(index + 1, 1, new TrialParameters(rate, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), 0, index, model, training)));
        return new TrainingPlan([.. lanes], Math.Log(10), Pruning: pruning);
    }
}
