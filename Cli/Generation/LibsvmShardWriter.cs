namespace CloudSweep.Cli.Generation;

/// <summary>Writes rows as LIBSVM: the class and the features that are not 0, which are whole numbers.</summary>
internal sealed class LibsvmShardWriter(Stream stream, Action<long> reportRows)
{
    /// <summary>Writes the rows from <paramref name="firstRow"/> up to but without <paramref name="endRow"/>.</summary>
    public void Write(SyntheticDataset dataset, long firstRow, long endRow, CancellationToken cancellationToken)
    {
        var text = new ShardText(stream, reportRows, cancellationToken);
        var row = new SyntheticRow(dataset);
        for (var number = firstRow; number < endRow; number++)
        {
            row.MoveTo(number);
            text.WriteWhole(row.Label);
            for (var feature = 0; feature < row.Features.Length; feature++)
            {
                if (row.Features[feature] != 0)
                {
                    text.MakeRoom();
                    text.Write(' ');
                    text.WriteWhole(feature + 1);
                    text.Write(':');
                    text.WriteWhole(row.Features[feature] / DatasetFeatures.UnitsPerOne);
                }
            }

            text.EndRow();
        }

        text.Flush();
    }
}
