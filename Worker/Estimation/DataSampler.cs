using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Estimation;

/// <summary>Reads the first rows of a shard to tell what the rest will cost. Keeps nothing.</summary>
public sealed class DataSampler(IShardSource source, TimeProvider time)
{
    private const long MaxCells = 2_000_000;

    /// <exception cref="DataErrorException">The first rows break rules; the mistakes are listed.</exception>
    public async Task<DataSample> ReadAsync(Shard shard, DataSpec data, CancellationToken cancellationToken)
    {
        var mistakes = DataMistakes.For(shard);
        var counters = new DataCounters();
        var labels = new LabelTable();
        RecordSchema? schema = null;
        var rows = 0L;
        var isWhole = true;
        var begin = time.GetTimestamp();
        using var reader = await new RecordReaderFactory(source).OpenAsync(shard, data, counters, cancellationToken);
        try
        {
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
                    if (reader.Kind == RecordKind.Header)
                    {
                        continue;
                    }

                    Look(reader, schema!, data.Task, labels);
                    rows++;
                    isWhole = rows * schema!.Names.Count < MaxCells;
                }
            }
        }
        catch (RecordFormatException exception)
        {
            throw new DataErrorException($"{shard.Key}: {exception.Message}", exception);
        }

        if (schema is null || rows == 0)
        {
            throw new DataErrorException($"Shard '{shard.Key}' has no rows; every shard needs at least one, so remove it or leave it out of the pattern.");
        }

        var seconds = Math.Max(1e-6, time.GetElapsedTime(begin).TotalSeconds);
        return new DataSample(rows, Math.Max(1, counters.BytesRead), isWhole, schema.FeatureColumns.Length, labels.Labels.Count, rows / seconds);
    }

    /// <summary>Does the work of a row, for its speed; mistakes in rows are left to the run.</summary>
    private static void Look(IRecordReader record, RecordSchema schema, LearningTask task, LabelTable labels)
    {
        if (record.CellCount != schema.Names.Count)
        {
            return;
        }

        foreach (var column in schema.FeatureColumns)
        {
            _ = record.Number(column, out _);
        }

        if (task == LearningTask.Regression)
        {
            _ = record.Number(schema.LabelColumn, out _);
        }
        else
        {
            labels.Add(record.Text(schema.LabelColumn), isValidation: false);
        }
    }
}
