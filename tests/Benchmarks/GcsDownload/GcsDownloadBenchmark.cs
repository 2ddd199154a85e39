using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.GoogleCloud.Storage;

namespace CloudSweep.Benchmarks.GcsDownload;

/// <summary>
/// How fast objects come from Cloud Storage: one of 1 GiB, and 64 of 16 MiB, from the emulator in another process. With each stream limited, against the sum of the limits;
/// without, against plain sockets that move the same bytes over as many connections.
/// </summary>
internal sealed class GcsDownloadBenchmark : IBenchmark
{
    private const long TotalBytes = 1L << 30;
    private const long StreamBytesPerSecond = 50_000_000;
    private const int Repeats = 5;

    private static readonly CloudStorageOptions Defaults = new();

    // Both data sets are read over as many streams at a time: ranges of the one object, or objects of one range each.
    private static readonly (string Name, int ObjectCount, int ParallelObjects)[] Shapes = [("1 x 1 GiB", 1, 1), ("64 x 16 MiB", 64, Defaults.ParallelRanges)];

    public string Name => "gcs-download";

    public string Description => "1 GiB from a Cloud Storage server in another process, against the limit of its streams and against plain sockets";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (shape, objectCount, parallelObjects) in Shapes)
        {
            using var data = await DataSet.WriteAsync(objectCount, TotalBytes / objectCount, cancellationToken);
            using var emulator = await ServerProcess.StartAsync("CloudSweep.StorageEmulator.dll", "--data", data.Root);
            using var raw = await ServerProcess.StartAsync("CloudSweep.Benchmarks.dll", RawServer.CommandName);
            await using var reader = await BucketReader.OpenAsync(emulator.Address, data.Prefix, cancellationToken);
            using var control = new HttpClient { BaseAddress = new Uri(emulator.Address) };
            var ranges = RangesOf(data);

            Task<Transfer> DownloadAsync() => Transfer.MeasureAsync(() => reader.ReadAsync(parallelObjects, cancellationToken));
            Task<Transfer> DownloadRawAsync() => Transfer.MeasureAsync(() => RawClient.ReadAsync(raw.Address, ranges, Defaults.ParallelRanges, cancellationToken));

            (await control.PutAsync($"_emulator/speed?bytesPerSecond={StreamBytesPerSecond}", content: null, cancellationToken)).EnsureSuccessStatusCode();
            yield return Limited(shape, await Interleaved<Transfer>.RunAsync(Repeats, DownloadAsync));

            (await control.DeleteAsync("_emulator/speed", cancellationToken)).EnsureSuccessStatusCode();
            var turns = await Interleaved<Transfer>.RunAsync(Repeats, DownloadAsync, DownloadRawAsync);
            yield return AgainstSockets(shape, turns);
            yield return ProcessorTime(shape, turns);
        }
    }

    private CaseResult Limited(string shape, Interleaved<Transfer> turns)
    {
        var limit = Defaults.ParallelRanges * StreamBytesPerSecond / 1e6;
        return new CaseResult(Name, $"{shape}, 50 MB/s per stream", turns.Median(turn => turn[0].MegabytesPerSecond / limit), "x limit", Goal.AtLeast(0.95), new Dictionary<string, double>
        {
            ["MB/s"] = turns.Median(turn => turn[0].MegabytesPerSecond),
            ["limit MB/s"] = limit,
            ["lowest"] = turns.Lowest(turn => turn[0].MegabytesPerSecond / limit),
            ["CPU s/GiB"] = turns.Median(turn => turn[0].ProcessorSecondsPerGibibyte),
        });
    }

    private CaseResult AgainstSockets(string shape, Interleaved<Transfer> turns)
    {
        static double Ratio(Transfer[] turn) => turn[0].MegabytesPerSecond / turn[1].MegabytesPerSecond;

        return new CaseResult(Name, $"{shape}, no limit", turns.Median(Ratio), "x plain sockets", Goal.AtLeast(0.8), new Dictionary<string, double>
        {
            ["MB/s"] = turns.Median(turn => turn[0].MegabytesPerSecond),
            ["sockets MB/s"] = turns.Median(turn => turn[1].MegabytesPerSecond),
            ["lowest"] = turns.Lowest(Ratio),
            ["highest"] = turns.Highest(Ratio),
        });
    }

    private CaseResult ProcessorTime(string shape, Interleaved<Transfer> turns) =>
        new(Name, $"{shape}, no limit: processor", turns.Median(turn => turn[0].ProcessorSecondsPerGibibyte), "CPU s/GiB", Goal: null, new Dictionary<string, double>
        {
            ["sockets CPU s/GiB"] = turns.Median(turn => turn[1].ProcessorSecondsPerGibibyte),
        });

    private static List<RawRange> RangesOf(DataSet data)
    {
        var ranges =
            from path in data.Paths
            let size = new FileInfo(path).Length
            from number in Enumerable.Range(0, (int)((size + Defaults.RangeBytes - 1) / Defaults.RangeBytes))
            let offset = (long)number * Defaults.RangeBytes
            select new RawRange(path, offset, Math.Min(Defaults.RangeBytes, size - offset));
        return [.. ranges];
    }
}
