namespace CloudSweep.Worker.Training;

/// <summary>The next rows of a reader: its own where it lends them, else copied into a buffer that is made when it is first needed.</summary>
/// <param name="capacity">Most rows of a tile, ≥ 1.</param>
/// <param name="featureCount">Features per row, ≥ 1.</param>
internal sealed class TileSource(int capacity, int featureCount)
{
    private RowTile? _buffer;
    private IRowReader? _lender;

    /// <summary>The next rows, until the next call; null when the reader's rows end.</summary>
    public RowTile? Next(IRowReader reader)
    {
        if (reader.Lend(capacity) is { } lent)
        {
            _lender = reader;
            return lent;
        }

        // Who has lent rows has no more.
        if (reader == _lender)
        {
            return null;
        }

        _buffer ??= new RowTile(capacity, featureCount);
        return reader.Read(_buffer) ? _buffer : null;
    }
}
