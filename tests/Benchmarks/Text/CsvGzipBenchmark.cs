using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Worker.Data.Csv;
using CloudSweep.Worker.Data.Streams;

namespace CloudSweep.Benchmarks.Text;

/// <summary>A profile job over CSV shards compressed by gzip, against inflating them and nothing else on as many threads.</summary>
internal sealed class CsvGzipBenchmark : IBenchmark
{
    // A shard takes some tenths of a second, beside which beginning a turn and compiling do not show.
    private const int Rows = 80_000;
    private const int Shards = 8;
    private const int Threads = 2;
    private const int Repeats = 7;

    public string Name => "csv-gzip";

    public string Description => "gzip of CSV of 40 numbers a row, 8 shards, 2 at once: files to block files and profiles, against inflating alone x 2";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var folder = new ProfileFolder();
        var table = new FloatTable(Rows, seed: 1);
        var member = table.Gzip();
        foreach (var shard in Enumerable.Range(0, Shards))
        {
            folder.Put($"part-{shard}.csv.gz", member);
        }

        CsvRecords OpenGzip() => new(new CsvRecordReader(new GzipTextStream(new MemoryStream(member)), (byte)','), DecodeStages.Spec);
        CsvRecords Open() => new(new CsvRecordReader(new MemoryStream(table.Text), (byte)','), DecodeStages.Spec);

        var turns = await Interleaved<Timing>.RunAsync(
            Repeats,
            () => Task.FromResult(InflateAlone.Measure(member)),
            () => folder.ProfileAsync(Threads),
            () => Task.FromResult(InflateAlone.Measure(member)),
            () => DecodeStages.ReadAsync(OpenGzip()),
            () => DecodeStages.StoreAsync(Open()));

        // Of one shard on one thread.
        Timing Inflate(Timing[] turn) => new((turn[0].Wall + turn[2].Wall) / 2, (turn[0].Processor + turn[2].Processor) / 2);
        double Nanoseconds(TimeSpan time) => time.TotalNanoseconds / table.Floats;
        double OfInflate(Timing[] turn) => Inflate(turn).Wall * Shards / Threads / turn[1].Wall;
        double ByProcessor(Timing[] turn) => Inflate(turn).Processor * Shards / turn[1].Processor;
        yield return new CaseResult(Name, "8 shards, 2 threads, to block files", turns.Median(OfInflate), "of inflate x 2", Goal.AtLeast(0.9), new Dictionary<string, double>
        {
            ["by processor time"] = turns.Median(ByProcessor),
            ["MB/s of text"] = turns.Median(turn => table.Text.Length * (double)Shards / turn[1].Wall.TotalSeconds / 1e6),
            ["inflate MB/s a thread"] = turns.Median(turn => table.Text.Length / Inflate(turn).Wall.TotalSeconds / 1e6),
            ["inflate CPU ns a float"] = turns.Median(turn => Nanoseconds(Inflate(turn).Processor)),
            ["text to blocks CPU ns a float"] = turns.Median(turn => Nanoseconds(turn[4].Processor)),
            ["all CPU ns a float"] = turns.Median(turn => Nanoseconds(turn[1].Processor) / Shards),
            ["lowest"] = turns.Lowest(OfInflate),
            ["highest"] = turns.Highest(OfInflate),
        });
        yield return new CaseResult(Name, "1 shard, 1 thread, to rows", turns.Median(turn => Inflate(turn).Processor / turn[3].Processor), "of inflate", null, new Dictionary<string, double>
        {
            ["CPU ns a float"] = turns.Median(turn => Nanoseconds(turn[3].Processor)),
        });
    }
}
