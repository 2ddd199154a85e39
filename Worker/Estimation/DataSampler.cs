using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Features;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Columns;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Estimation;

/// <summary>Reads the first rows of a shard to tell what the rest will cost. Keeps nothing.</summary>
public sealed class DataSampler(IShardSource source, TimeProvider time)
{
    private const long MaxCells = 2_000_000;
    private const long MostBytesAhead = 64 << 20;

    /// <exception cref="DataErrorException">The first rows break rules; the mistakes are listed.</exception>
    public async Task<DataSample> ReadAsync(Shard shard, DataSpec data, CancellationToken cancellationToken)
    {
        var mistakes = DataMistakes.For(shard);
        var counters = new DataCounters();
        var labels = new LabelTable();
        RecordSchema? schema = null;
        FeatureReader? features = null;
        double[] row = [];
        var rows = 0L;
        var isWhole = true;
        var begin = time.GetTimestamp();
        try
        {
            using var reader = await new RecordReaderFactory(source) { MostBytesAhead = MostBytesAhead }.OpenAsync(shard, data, counters, cancellationToken);
            var bytesAhead = counters.BytesRead;
            while (isWhole && await reader.FillAsync(cancellationToken))
            {
                while (isWhole && reader.TryRead())
                {
                    if (reader.Kind == RecordKind.Blank)
                    {
                        continue;
                    }

                    schema ??= new SchemaResolver(data).Resolve(reader.Columns, reader.Place, mistakes);
                    mistakes.ThrowIfAny();
                    if (features is null)
                    {
                        features = new FeatureReader(schema!, data);
                        row = new double[features.Count];
                    }

                    if (reader.Kind == RecordKind.Header)
                    {
                        continue;
                    }

                    Look(reader, schema!, data.Task, features, row, labels);
                    rows++;
                    isWhole = rows * schema!.Names.Count < MaxCells;
                }
            }

            if (schema is not null && rows > 0)
            {
                var seconds = Math.Max(1e-6, time.GetElapsedTime(begin).TotalSeconds);
                var bytes = reader.RowCount is { } all and > 0 ? (long)((double)shard.SizeBytes / all * rows) : counters.BytesRead - bytesAhead;
                var layout = FeatureLayout.Of(data, schema.FeatureNames, features!.ToProfiles());
                if (layout.Count > 0)
                {
                    layout.Require(isWhole ? rows : FeatureLayout.WindowRows);
                }

                // What does not vary here may vary in the rest.
                return new DataSample(rows, Math.Max(1, bytes), isWhole, (int)Math.Max(1, layout.Count), labels.Distinct, rows / seconds);
            }
        }
        catch (RecordFormatException exception)
        {
            throw new DataErrorException($"{shard.Key}: {exception.Message}", exception);
        }

        throw new DataErrorException($"Shard '{shard.Key}' has no rows; every shard needs at least one, so remove it or leave it out of the pattern.");
    }

    /// <summary>Does the work of a row, for its speed; mistakes in rows are left to the run.</summary>
    private static void Look(IRecordReader record, RecordSchema schema, LearningTask task, FeatureReader features, Span<double> row, LabelTable labels)
    {
        if (record.Problem is not null || record.CellCount != schema.Names.Count)
        {
            return;
        }

        features.Read(record, row, new RowJudge(new DataMistakes("", mayQuote: false), BadRowRule.Fail, new BadRowLog("")));
        features.CountRow(row, isHeldOut: false);
        if (task == LearningTask.Regression)
        {
            _ = record.Number(schema.LabelColumn, out _);
        }
        else
        {
            labels.Add(record.Text(schema.LabelColumn), isHeldOut: false);
        }
    }
}
