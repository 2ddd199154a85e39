using CloudSweep.Benchmarks.Harness;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Columns;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Benchmarks.Text;

/// <summary>The Worker's way from records to blocks, up to a stage, on one thread.</summary>
internal static class DecodeStages
{
    public static DataSpec Spec { get; } = new(
        "", DataFormat.Auto, new ColumnSelector.ByName("label"), null, ',', [], [], FeatureScale.Standard, 5, new ValidationSplit(0.1, 0));

    /// <summary>Finds the records and their cells.</summary>
    public static Task<Timing> FindAsync(IRecordReader reader) => TimeAsync(reader, _ => { });

    /// <summary>Also reads the numbers, one row at a time.</summary>
    public static Task<Timing> ReadAsync(IRecordReader reader)
    {
        var judge = new RowJudge(new DataMistakes("", mayQuote: false), BadRowRule.Fail, new BadRowLog(""));
        FeatureReader? features = null;
        double[] row = [];
        return TimeAsync(reader, record =>
        {
            if (features is null)
            {
                features = new FeatureReader(new SchemaResolver(Spec).Resolve(record.Columns, record.Place, new DataMistakes("", mayQuote: false))!, Spec);
                row = new double[features.Count];
            }

            if (record.Kind == RecordKind.Row)
            {
                features.Read(record, row, judge);
            }
        });
    }

    /// <summary>All of it: labels, statistics, blocks with checksums, written to nowhere.</summary>
    public static async Task<Timing> StoreAsync(IRecordReader reader)
    {
        var shard = new Shard("part", "file:///part", 0, "1", null);
        using var rows = new ShardRows(shard, Spec, DataMistakes.For(shard), new DataCounters(), () => new BlockFileWriter(Stream.Null, "key", exception => new CacheUnavailableException("", exception)));
        return await TimeAsync(reader, record => rows.Accept(record), () =>
        {
            rows.Writer.Finish(rows.Finish());
            rows.Writer.Dispose();
        });
    }

    private static async Task<Timing> TimeAsync(IRecordReader reader, Action<IRecordReader> accept, Action? finish = null)
    {
        using var opened = reader;
        return await Timing.OfAsync(async () =>
        {
            while (await reader.FillAsync(CancellationToken.None))
            {
                while (reader.TryRead())
                {
                    accept(reader);
                }
            }

            finish?.Invoke();
        });
    }
}
