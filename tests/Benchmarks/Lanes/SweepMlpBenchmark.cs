using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Halving;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Core.Domain;

namespace CloudSweep.Benchmarks.Lanes;

/// <summary>16 lanes of an MLP of some width beside each other, against the peak of two cores and against 16 runs of one lane.</summary>
internal sealed class SweepMlpBenchmark : IBenchmark
{
    private const int Lanes = 16;
    private const int Threads = 2;
    private const int Features = 784;
    private const int Classes = 10;
    private const int TrainRows = 16_384;

    public string Name => "sweep-mlp";

    public string Description => "MLP 784-256-10, batch 128, 16 lanes, 2 threads: share of the FMA peak, and against 16 solo runs";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = new MemoryRows(Features, Classes, TrainRows, validationRows: 128);
        var model = new ModelSpec.Mlp([256], Activation.Relu);
        (string Name, OptimizerSettings Settings, double Goal)[] cases = [("sgd", new OptimizerSettings.Sgd(), 0.80), ("adam", new OptimizerSettings.Adam(), 0.65)];
        foreach (var (name, optimizer, goal) in cases)
        {
            var training = new TrainingSpec(1, 128, 1);
            var crowd = LaneRun.Plan(model, training, optimizer, Lanes, Math.Log(Classes));
            var solo = LaneRun.Plan(model, training, optimizer, 1, Math.Log(Classes));
            var flops = LaneFlops.OfRow(model, Features, Classes) * TrainRows * Lanes;

            var turns = await PeakShare.MeasureAsync(flops, Threads, () => LaneRun.Measure(crowd, rows, Threads), cancellationToken);
            yield return PeakShare.Row(Name, $"{name}, FMA peak of {Threads} cores", turns, Goal.AtLeast(goal));
            var pairs = await Interleaved<TimeSpan>.RunAsync(
                3,
                () => Task.FromResult(LaneRun.Measure(crowd, rows, Threads).Wall),
                () => Task.FromResult(TimeSpan.FromTicks(Enumerable.Range(0, Lanes).Sum(_ => LaneRun.Measure(solo, rows, Threads).Wall.Ticks))));
            yield return new CaseResult(Name, $"{name}, against 16 solo runs", pairs.Median(turn => turn[1] / turn[0]), "x faster", Goal.AtLeast(1), new Dictionary<string, double>
            {
                ["solo s"] = pairs.Median(turn => turn[1].TotalSeconds),
            });
        }
    }
}
