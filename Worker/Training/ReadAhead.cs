namespace CloudSweep.Worker.Training;

/// <summary>Reads an epoch's tiles one after the other. As a piece of a crew's work it reads the next one while lanes train on the one at hand.</summary>
/// <param name="capacity">Rows of a tile, ≥ 1.</param>
/// <param name="featureCount">Features per row, ≥ 1.</param>
internal sealed class ReadAhead(int capacity, int featureCount) : ILaneWork
{
    private TileSource _ofCurrent = new(capacity, featureCount);
    private TileSource _ofNext = new(capacity, featureCount);
    private IRowReader? _reader;
    private RowTile? _next;

    public int Capacity => capacity;

    /// <summary>The tile at hand; null when the epoch's rows end.</summary>
    public RowTile? Current { get; private set; }

    /// <summary>Begins an epoch with its first tile.</summary>
    public void Begin(IRowReader reader) => (_reader, _next, Current) = (reader, null, _ofCurrent.Next(reader));

    /// <summary>Makes the next tile the one at hand, and reads it where nobody has.</summary>
    public void Advance()
    {
        Current = _next ?? _ofCurrent.Next(_reader!);
        if (_next is not null)
        {
            (_ofCurrent, _ofNext) = (_ofNext, _ofCurrent);
            _next = null;
        }
    }

    /// <summary>Reads the next tile; there must be one.</summary>
    public void Train(RowTile tile, int start, int count, long firstRow, Scratch scratch) => _next = _ofNext.Next(_reader!);
}
