namespace CloudSweep.Cli.Generation;

/// <summary>Writes rows as CSV with a header.</summary>
internal sealed class CsvShardWriter(Stream stream, Action<long> reportRows)
{
    /// <summary>Writes the header and the rows from <paramref name="firstRow"/> up to but without <paramref name="endRow"/>.</summary>
    public void Write(SyntheticDataset dataset, long firstRow, long endRow, CancellationToken cancellationToken)
    {
        var text = new ShardText(stream, reportRows, cancellationToken);
        for (var feature = 1; feature <= dataset.Settings.Features; feature++)
        {
            text.Write($"x{feature},");
            text.MakeRoom();
        }

        text.Write($"label\n");
        var row = new SyntheticRow(dataset);
        for (var number = firstRow; number < endRow; number++)
        {
            row.MoveTo(number);
            foreach (var feature in row.Features)
            {
                text.MakeRoom();
                text.WriteDecimal(feature);
                text.Write(',');
            }

            if (dataset.Settings.HasClasses)
            {
                text.WriteWhole(row.Label);
            }
            else
            {
                text.WriteDecimal(row.Label);
            }

            text.EndRow();
        }

        text.Flush();
    }
}
