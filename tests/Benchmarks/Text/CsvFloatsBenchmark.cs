using System.Globalization;
using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Worker.Data.Csv;
using CloudSweep.Worker.Data.Text;

namespace CloudSweep.Benchmarks.Text;

/// <summary>From CSV text in memory to blocks, on one thread, stage by stage, against a loop of <see cref="float"/>.Parse.</summary>
internal sealed class CsvFloatsBenchmark : IBenchmark
{
    private const int Rows = 200_000;
    private const int Repeats = 9;

    public string Name => "csv-floats";

    public string Description => "CSV of 40 numbers a row, 1 thread: text to rows of numbers and to blocks, against a loop of float.Parse";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = new FloatTable(Rows, seed: 1);
        CsvRecords Open() => new(new CsvRecordReader(new MemoryStream(table.Text), (byte)','), DecodeStages.Spec);

        var turns = await Interleaved<Timing>.RunAsync(
            Repeats,
            () => Task.FromResult(ParseLoop.OfCells(table.Text, table.Cells)),
            () => DecodeStages.FindAsync(Open()),
            () => DecodeStages.ReadAsync(Open()),
            () => DecodeStages.StoreAsync(Open()),
            () => Task.FromResult(ParseLoop.OfText(table.Text)),
            () => Task.FromResult(ParseLoop.OfCells(table.Text, table.Cells)));

        double Nanoseconds(Timing timing) => timing.Processor.TotalNanoseconds / table.Floats;
        double Loop(Timing[] turn) => (Nanoseconds(turn[0]) + Nanoseconds(turn[5])) / 2;
        foreach (var (stage, name) in new[] { (2, "text to rows of numbers"), (3, "text to blocks") })
        {
            yield return new CaseResult(Name, name, turns.Median(turn => Nanoseconds(turn[stage])), "ns a float", Goal.AtMost(14), new Dictionary<string, double>
            {
                ["wall ns"] = turns.Median(turn => turn[stage].Wall.TotalNanoseconds / table.Floats),
                ["ns to find cells"] = turns.Median(turn => Nanoseconds(turn[1])),
                ["ns more than the stage before"] = turns.Median(turn => Nanoseconds(turn[stage]) - Nanoseconds(turn[stage - 1])),
                ["lowest"] = turns.Lowest(turn => Nanoseconds(turn[stage])),
                ["highest"] = turns.Highest(turn => Nanoseconds(turn[stage])),
            });
            yield return new CaseResult(Name, $"{name}, float.Parse", turns.Median(turn => Loop(turn) / Nanoseconds(turn[stage])), "x faster", Goal.AtLeast(5), new Dictionary<string, double>
            {
                ["float.Parse ns"] = turns.Median(Loop),
                ["with splitting ns"] = turns.Median(turn => Nanoseconds(turn[4])),
                ["x faster than with splitting"] = turns.Median(turn => Nanoseconds(turn[4]) / Nanoseconds(turn[stage])),
                ["lowest"] = turns.Lowest(turn => Loop(turn) / Nanoseconds(turn[stage])),
                ["highest"] = turns.Highest(turn => Loop(turn) / Nanoseconds(turn[stage])),
            });
        }

        yield return Unequal(table);
    }

    /// <summary>Numbers whose double is not that of double.Parse, and of those that are, how many round to another float than float.Parse gives.</summary>
    private CaseResult Unequal(FloatTable table)
    {
        var (doubles, floats) = (0, 0);
        for (var index = 0; index < table.Floats; index++)
        {
            var cell = table.Cell(index);
            TextNumber.Read(cell, out var value);
            doubles += BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture)) ? 0 : 1;
            floats += BitConverter.SingleToInt32Bits((float)value) == BitConverter.SingleToInt32Bits(float.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture)) ? 0 : 1;
        }

        return new CaseResult(Name, "bits other than double.Parse", doubles, "numbers", Goal.AtMost(0), new Dictionary<string, double>
        {
            ["as float, other than float.Parse"] = floats,
            ["of"] = table.Floats,
        });
    }
}
