using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Parquet;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Streams;

namespace CloudSweep.Benchmarks.Text;

/// <summary>Parquet to rows of numbers, and to block files, against the library that reads its columns and does nothing with them.</summary>
internal sealed class ParquetReadBenchmark : IBenchmark
{
    private const int Rows = 65_536;
    private const int Shards = 4;
    private const int Threads = 2;
    private const int Repeats = 7;

    public string Name => "parquet-read";

    public string Description => "Parquet of 40 float64 a row: to rows of numbers on 1 thread, and 4 files to block files on 2, against the library alone on as many";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var folder = new ProfileFolder();
        var table = new FloatTable(Rows, seed: 1);
        var file = await table.ParquetAsync();
        foreach (var shard in Enumerable.Range(0, Shards))
        {
            folder.Put($"part-{shard}.parquet", file);
        }

        Task<IRecordReader> OpenAsync() => new ParquetOpener(new SchemaResolver(DecodeStages.Spec), new DataMistakes("", mayQuote: false))
            .OpenAsync(new SectionStream(new MemoryRanges(file), new DataCounters()), cancellationToken);

        var turns = await Interleaved<Timing>.RunAsync(
            Repeats,
            () => ParquetLibrary.ReadAsync(file, cancellationToken),
            async () => await DecodeStages.ReadAsync(await OpenAsync()),
            async () => await DecodeStages.StoreAsync(await OpenAsync()),
            () => folder.ProfileAsync(Threads),
            () => ParquetLibrary.ReadAsync(file, cancellationToken),
            () => ParquetLibrary.ReadAsync(file, Shards, Threads, cancellationToken));

        Timing Library(Timing[] turn) => new((turn[0].Wall + turn[4].Wall) / 2, (turn[0].Processor + turn[4].Processor) / 2);
        double Nanoseconds(TimeSpan time) => time.TotalNanoseconds / table.Floats;
        CaseResult Row(string name, string unit, Func<Timing[], double> figure, Func<Timing[], double> byProcessor, Func<Timing[], TimeSpan> processor) =>
            new(Name, name, turns.Median(figure), unit, Goal.AtLeast(0.8), new Dictionary<string, double>
            {
                ["by processor time"] = turns.Median(byProcessor),
                ["library CPU ns a number"] = turns.Median(turn => Nanoseconds(Library(turn).Processor)),
                ["CPU ns a number"] = turns.Median(turn => Nanoseconds(processor(turn))),
                ["lowest"] = turns.Lowest(figure),
                ["highest"] = turns.Highest(figure),
            });

        yield return Row("to rows of numbers, 1 thread", "of library", turn => Library(turn).Wall / turn[1].Wall, turn => Library(turn).Processor / turn[1].Processor, turn => turn[1].Processor);
        yield return Row("to blocks, 1 thread", "of library", turn => Library(turn).Wall / turn[2].Wall, turn => Library(turn).Processor / turn[2].Processor, turn => turn[2].Processor);
        var files = Row(
            "4 files, 2 threads, to block files",
            "of library on 2",
            turn => turn[5].Wall / turn[3].Wall,
            turn => turn[5].Processor / turn[3].Processor,
            turn => turn[3].Processor / Shards);
        yield return files with
        {
            Reference = new Dictionary<string, double>(files.Reference)
            {
                ["library on 2 CPU ns a number"] = turns.Median(turn => Nanoseconds(turn[5].Processor / Shards)),
                ["of library on 1 x 2"] = turns.Median(turn => Library(turn).Wall * Shards / Threads / turn[3].Wall),
                ["library on 2, x faster than on 1"] = turns.Median(turn => Library(turn).Wall * Shards / turn[5].Wall),
            },
        };
    }
}
