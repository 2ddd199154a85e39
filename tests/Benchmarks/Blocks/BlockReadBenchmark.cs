using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Worker.Training;

namespace CloudSweep.Benchmarks.Blocks;

/// <summary>Cached blocks to batches: an epoch's training rows as a lane gets them, against copying as many bytes of memory.</summary>
internal sealed class BlockReadBenchmark : IBenchmark
{
    private const long DeliveredBytes = 512L << 20;
    private const int BatchRows = 1024;
    private const int Repeats = 5;

    public string Name => "block-read";

    public string Description => "training rows of an epoch out of cached blocks, 512 MiB of float32, against memcpy of as many bytes";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (CellKind Kind, int Features)[] cases = [(CellKind.Single, 256), (CellKind.Pixel, 784), (CellKind.Double, 40), (CellKind.Integer, 16)];
        foreach (var (kind, features) in cases)
        {
            using var data = new BlockData(Path.Combine(Path.GetTempPath(), $"cloudsweep-block-read-{Guid.NewGuid():N}"), kind, features, DeliveredBytes / (sizeof(float) * features) * 10 / 9);
            var rows = await data.OpenAsync(cancellationToken);
            var bytes = rows.TrainRows * features * sizeof(float);
            var copy = new CopyBandwidth(bytes);
            var epoch = 0;
            var turns = await Interleaved<Timing>.RunAsync(
                Repeats,
                () => Task.FromResult(copy.Measure(1)),
                () => Task.FromResult(copy.Measure(2)),
                () => Task.FromResult(Timing.Of(() => Read(rows, epoch++, cancellationToken))),
                () => Task.FromResult(copy.Measure(2)),
                () => Task.FromResult(copy.Measure(1)));
            double OfOne(Timing[] turn) => (turn[0].Wall + turn[4].Wall) / 2 / turn[2].Wall;
            double OfTwo(Timing[] turn) => (turn[1].Wall + turn[3].Wall) / 2 / turn[2].Wall;
            double GigabytesPerSecond(Func<Timing[], TimeSpan> time) => turns.Median(turn => bytes / time(turn).TotalSeconds / 1e9);
            yield return new CaseResult(Name, $"{features} features, {kind}", turns.Median(OfOne), "of memcpy", Goal.AtLeast(0.5), new Dictionary<string, double>
            {
                ["lowest"] = turns.Lowest(OfOne),
                ["highest"] = turns.Highest(OfOne),
                ["of memcpy by 2 threads"] = turns.Median(OfTwo),
                ["by processor time"] = turns.Median(turn => (turn[0].Processor + turn[4].Processor) / 2 / turn[2].Processor),
                ["by bytes moved"] = turns.Median(OfOne) * (bytes + data.StoredBytes) / (2 * bytes),
                ["GB/s"] = GigabytesPerSecond(turn => turn[2].Wall),
                ["memcpy GB/s"] = GigabytesPerSecond(turn => turn[0].Wall),
                ["memcpy by 2 GB/s"] = GigabytesPerSecond(turn => turn[1].Wall),
                ["stored MB"] = data.StoredBytes / 1e6,
                ["delivered MB"] = bytes / 1e6,
            });
        }
    }

    private static void Read(ITrainingRows rows, int epoch, CancellationToken cancellationToken)
    {
        var read = 0L;
        using var reader = rows.OpenEpoch(epoch, 0);
        while (reader.Next(BatchRows, cancellationToken) is { } tile)
        {
            read += tile.Count;
        }

        if (read != rows.TrainRows)
        {
            throw new InvalidOperationException($"{read} rows came instead of {rows.TrainRows}.");
        }
    }
}
