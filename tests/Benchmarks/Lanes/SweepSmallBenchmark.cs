using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Halving;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Core.Domain;

namespace CloudSweep.Benchmarks.Lanes;

/// <summary>Lanes of a small MLP under Adam on one thread, against the peak of a core.</summary>
internal sealed class SweepSmallBenchmark : IBenchmark
{
    private const int Features = 32;
    private const int Classes = 10;

    // A run takes some tenths of a second, beside which making threads and lanes, and compiling, does not show.
    private const int Epochs = 4;

    public string Name => "sweep-small";

    public string Description => "MLP 32-64-10, batch 64, adam, 1 thread: share of the FMA peak with 64 lanes and with one";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (int Lanes, int Rows, double Goal)[] cases = [(64, 16_384, 0.60), (1, 262_144, 0.40)];
        foreach (var (lanes, trainRows, goal) in cases)
        {
            var rows = new MemoryRows(Features, Classes, trainRows, validationRows: 64);
            var model = new ModelSpec.Mlp([64], Activation.Relu);
            var plan = LaneRun.Plan(model, new TrainingSpec(Epochs, 64, 1), new OptimizerSettings.Adam(), lanes, Math.Log(Classes));
            var flops = LaneFlops.OfRow(model, Features, Classes) * trainRows * Epochs * lanes;

            var turns = await PeakShare.MeasureAsync(flops, 1, () => LaneRun.Measure(plan, rows, 1), cancellationToken);
            yield return PeakShare.Row(Name, lanes == 1 ? "1 lane" : $"{lanes} lanes", turns, Goal.AtLeast(goal));
        }
    }
}
