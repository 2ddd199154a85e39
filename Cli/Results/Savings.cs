namespace CloudSweep.Cli.Results;

/// <summary>What sharing the data and pruning saved. Follows from the results alone: what an interruption or a cold cache made a machine read again is not in it.</summary>
/// <param name="TextBytes">Stored bytes of the shards to train and validate on; 0 when unknown.</param>
/// <param name="DataRows">Rows in them, training and validation.</param>
/// <param name="RowsTrained">Training rows of the steps that were done, summed over trials.</param>
/// <param name="RowsOfFullGrid">The same without pruning; a trial that ended by itself counts as far as it came.</param>
internal sealed record Savings(long TextBytes, long DataRows, long RowsTrained, long RowsOfFullGrid)
{
    /// <summary>Bytes of text behind the rows that were trained: each row has its even share of the text.</summary>
    public double TrainedBytes => (double)TextBytes / DataRows * RowsTrained;

    /// <summary>How many times the text's size that is.</summary>
    public double Times => (double)RowsTrained / DataRows;

    /// <summary>Share of the full grid's rows that was trained.</summary>
    public double RowsShare => RowsOfFullGrid == 0 ? 1 : (double)RowsTrained / RowsOfFullGrid;

    /// <summary>Null before the data is known or anything was trained.</summary>
    public static Savings? Of(SweepResult result)
    {
        var rows = TrialRows.Of(result).Values;
        var trained = rows.Sum(trial => trial.Trained);
        return result.Description.Data is { } data && trained > 0
            ? new Savings(result.Description.Shards?.TextBytes ?? 0, data.TrainRows + data.ValidationRows, trained, rows.Sum(trial => trial.OfFullGrid))
            : null;
    }
}
