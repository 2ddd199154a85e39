namespace CloudSweep.Worker.Training;

/// <summary>Reads the validation rows of a rung out of all validation rows. Keeps no more than a tile of either.</summary>
/// <param name="all">All validation rows; closed with this reader.</param>
/// <param name="validationRows">How many they are.</param>
/// <param name="capacity">Rows read at once.</param>
/// <param name="featureCount">Features per row.</param>
internal sealed class RungRowReader(IRowReader all, long validationRows, int capacity, int featureCount) : IRowReader
{
    private readonly RungRows _rungRows = new(validationRows);
    private readonly RowTile _source = new(capacity, featureCount);
    private long _firstOfSource;
    private int _taken;

    public bool Read(RowTile tile)
    {
        tile.Count = 0;
        while (tile.Count < tile.Capacity && (_taken < _source.Count || ReadOn()))
        {
            if (_rungRows.Contains(_firstOfSource + _taken))
            {
                Copy(_taken, tile);
            }

            _taken++;
        }

        return tile.Count > 0;
    }

    public void Dispose() => all.Dispose();

    private bool ReadOn()
    {
        _firstOfSource += _source.Count;
        _taken = 0;
        return all.Read(_source);
    }

    private void Copy(int row, RowTile tile)
    {
        _source.Features.AsSpan(row * featureCount, featureCount).CopyTo(tile.Features.AsSpan(tile.Count * featureCount));
        (tile.Classes[tile.Count], tile.Targets[tile.Count]) = (_source.Classes[row], _source.Targets[row]);
        tile.Count++;
    }
}
