using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Halving;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Benchmarks.Lanes;

/// <summary>Lanes of a model with one output on decoded rows: one lane against memory, many against the FMA peak.</summary>
internal sealed class SweepRamBenchmark : IBenchmark
{
    private const int Features = 256;
    private const int TrainRows = 131_072;
    private const int Repeats = 7;

    public string Name => "sweep-ram";

    public string Description => "linear, 256 features, decoded rows in memory, 1 thread: one lane against read bandwidth, 8 and 64 against the FMA peak; 2 threads";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = new MemoryRows(Features, classCount: 2, TrainRows, validationRows: 64);
        var bandwidth = new ReadBandwidth();
        var model = new ModelSpec.Linear();

        TrainingPlan Plan(int lanes) => LaneRun.Plan(model, new TrainingSpec(EpochsOf(lanes), 64, 1), new OptimizerSettings.Sgd(), lanes, 1);

        var one = await Interleaved<Timing>.RunAsync(Repeats, () => Task.FromResult(bandwidth.Measure()), () => Task.FromResult(LaneRun.Measure(Plan(1), rows, 1)));
        double Read(Timing[] turn) => EpochsOf(1) * TrainRows * (double)Features * sizeof(float) / turn[1].Wall.TotalSeconds / (bandwidth.Bytes / turn[0].Wall.TotalSeconds);
        yield return new CaseResult(Name, "1 lane, read bandwidth", one.Median(Read), "of bandwidth", Goal.AtLeast(0.5), new Dictionary<string, double>
        {
            ["bandwidth GB/s"] = one.Median(turn => bandwidth.Bytes / turn[0].Wall.TotalSeconds / 1e9),
            ["s"] = one.Median(turn => turn[1].Wall.TotalSeconds),
            ["lowest"] = one.Lowest(Read),
            ["highest"] = one.Highest(Read),
        });
        foreach (var (lanes, goal) in new[] { (8, 0.55), (64, 0.75) })
        {
            var turns = await PeakShare.MeasureAsync(LaneFlops.OfRow(model, Features, 2) * EpochsOf(lanes) * TrainRows * lanes, 1, () => LaneRun.Measure(Plan(lanes), rows, 1), cancellationToken);
            yield return PeakShare.Row(Name, $"{lanes} lanes, FMA peak", turns, Goal.AtLeast(goal));
        }

        var pairs = await Interleaved<TimeSpan>.RunAsync(
            Repeats, () => Task.FromResult(LaneRun.Measure(Plan(64), rows, 1).Wall), () => Task.FromResult(LaneRun.Measure(Plan(64), rows, 2).Wall));
        yield return new CaseResult(Name, "64 lanes, 2 threads", pairs.Median(turn => turn[0] / turn[1]), "x faster", Goal.AtLeast(1.8), new Dictionary<string, double>
        {
            ["2 threads s"] = pairs.Median(turn => turn[1].TotalSeconds),
        });
    }

    // So many that a run takes some tenths of a second, beside which making threads and lanes does not show.
    private static int EpochsOf(int lanes) => lanes < 64 ? 24 : 6;
}
