using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Worker.Training;

namespace CloudSweep.Benchmarks.Blocks;

/// <summary>Time from opening an epoch to its first batch: in its last tenth against its start, both from cached blocks.</summary>
internal sealed class ResumeBenchmark : IBenchmark
{
    private const int Features = 64;
    private const long Rows = 2_000_000;
    private const int BatchRows = 128;
    private const int Repeats = 21;

    public string Name => "resume";

    public string Description => "2 M rows of 64 features in cached blocks: time to the first batch in the last tenth of an epoch against its start";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var data = new BlockData(Path.Combine(Path.GetTempPath(), $"cloudsweep-resume-{Guid.NewGuid():N}"), CellKind.Single, Features, Rows);
        foreach (var isFirst in new[] { true, false })
        {
            var open = await data.OpenAsync(cancellationToken);
            var epoch = 0;

            // As a process that has just started, or as one that goes on with buffers it has.
            async Task<Timing> MeasureAsync(double part)
            {
                var rows = isFirst ? await data.OpenAsync(cancellationToken) : open;
                (IRowReader? reader, RowTile? tile) = (null, null);
                var timing = Timing.Of(() =>
                {
                    reader = rows.OpenEpoch(epoch++, (long)(rows.TrainRows * part) / BatchRows * BatchRows);
                    tile = reader.Next(BatchRows, cancellationToken);
                });
                reader!.Dispose();
                return tile?.Count == BatchRows ? timing : throw new InvalidOperationException($"{tile?.Count} rows came instead of {BatchRows}.");
            }

            // Two places of the last tenth: one in a full window, one in the last.
            var turns = await Interleaved<Timing>.RunAsync(Repeats, () => MeasureAsync(0), () => MeasureAsync(0.91), () => MeasureAsync(0.999));
            foreach (var (index, part) in new[] { (1, "91 %"), (2, "99.9 %") })
            {
                yield return new CaseResult(Name, $"at {part}, {(isFirst ? "new buffers" : "buffers at hand")}", turns.Median(turn => turn[index].Wall / turn[0].Wall), "x of the start", Goal.AtMost(1.2), new Dictionary<string, double>
                {
                    ["ms"] = turns.Median(turn => turn[index].Wall.TotalMilliseconds),
                    ["at the start ms"] = turns.Median(turn => turn[0].Wall.TotalMilliseconds),
                    ["by processor time"] = turns.Median(turn => turn[index].Processor / turn[0].Processor),
                });
            }
        }
    }
}
