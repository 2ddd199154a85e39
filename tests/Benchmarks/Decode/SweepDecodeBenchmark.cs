using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Benchmarks.Lanes;
using CloudSweep.Core.Domain;

namespace CloudSweep.Benchmarks.Decode;

/// <summary>
/// One epoch of many rates on text that is decoded once, against decoding it alone and against the processors: whatever takes longer should be all the time there is.
/// </summary>
internal sealed class SweepDecodeBenchmark : IBenchmark
{
    private const int Threads = 2;
    private const int Repeats = 5;
    private const int BatchSize = 64;
    private const double MostOverhead = 1.10;
    private const double LeastCheaper = 50;

    private static readonly int[] LaneCounts = [8, 16, 32, 64];

    public string Name => "sweep-decode";

    public string Description => "CSV of 256 features, 1 epoch, 8 to 64 lanes on 2 threads: against decoding alone, half the processor time, and separate runs";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (model, name, classes) in new (ModelSpec, string, int)[] { (new ModelSpec.Logistic(), "logistic", 2), (new ModelSpec.Softmax(), "softmax-10", 10) })
        {
            using var table = new WideTable(classes);
            Func<Task<(Timing Pass, Timing All)>> Trained(int lanes) => () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return DataPath.MeasureAsync(table, baseline => LaneRun.Plan(model, new TrainingSpec(1, BatchSize, 1), new OptimizerSettings.Sgd(), lanes, baseline), Threads);
            };

            var turns = await Interleaved<(Timing Pass, Timing All)>.RunAsync(
                Repeats, [() => DataPath.MeasureAsync(table, null, Threads), Trained(1), .. LaneCounts.Select(Trained)]);
            foreach (var (index, lanes) in LaneCounts.Index())
            {
                yield return AgainstBound($"{name}, {lanes} lanes", turns, index + 2, table);
            }

            yield return AgainstSeparate($"{name}, a rate of {LaneCounts[^1]}", turns, LaneCounts.Length + 1, model is ModelSpec.Logistic ? Goal.AtLeast(LeastCheaper) : null);
        }
    }

    private CaseResult AgainstBound(string name, Interleaved<(Timing Pass, Timing All)> turns, int measure, WideTable table)
    {
        double Ratio((Timing Pass, Timing All)[] turn) =>
            turn[measure].All.Wall.TotalSeconds / Math.Max(turn[0].All.Wall.TotalSeconds, turn[measure].All.Processor.TotalSeconds / Threads);
        return new CaseResult(Name, name, turns.Median(Ratio), "of the bound", Goal.AtMost(MostOverhead), new Dictionary<string, double>
        {
            ["s"] = turns.Median(turn => turn[measure].All.Wall.TotalSeconds),
            ["decode alone s"] = turns.Median(turn => turn[0].All.Wall.TotalSeconds),
            ["half the processor s"] = turns.Median(turn => turn[measure].All.Processor.TotalSeconds / Threads),
            ["pass over the text s"] = turns.Median(turn => turn[measure].Pass.Wall.TotalSeconds),
            ["of decode alone"] = turns.Median(turn => turn[measure].All.Wall / turn[0].All.Wall),
            ["text MB/s"] = turns.Median(turn => table.Bytes / turn[measure].Pass.Wall.TotalSeconds / 1e6),
            ["lowest"] = turns.Lowest(Ratio),
            ["highest"] = turns.Highest(Ratio),
        });
    }

    /// <summary>What a rate costs in runs of one lane each that decode for themselves, over what it costs beside others.</summary>
    private CaseResult AgainstSeparate(string name, Interleaved<(Timing Pass, Timing All)> turns, int measure, Goal? goal)
    {
        double Cheaper((Timing Pass, Timing All)[] turn) => turn[1].All.Wall.TotalSeconds / (turn[measure].All.Wall.TotalSeconds / LaneCounts[^1]);
        return new CaseResult(Name, name, turns.Median(Cheaper), "x cheaper", goal, new Dictionary<string, double>
        {
            ["by processor time"] = turns.Median(turn => turn[1].All.Processor / turn[measure].All.Processor * LaneCounts[^1]),
            ["one lane s"] = turns.Median(turn => turn[1].All.Wall.TotalSeconds),
            ["lowest"] = turns.Lowest(Cheaper),
            ["highest"] = turns.Highest(Cheaper),
        });
    }
}
