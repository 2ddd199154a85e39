namespace CloudSweep.Worker.Training;

/// <summary>Reads the validation rows of a rung out of all validation rows. Keeps no more than a tile.</summary>
/// <param name="all">All validation rows; closed with this reader.</param>
/// <param name="validationRows">How many they are.</param>
/// <param name="featureCount">Features per row.</param>
internal sealed class RungRowReader(IRowReader all, long validationRows, int featureCount) : IRowReader
{
    private readonly RungRows _rungRows = new(validationRows);
    private RowTile? _buffer;
    private RowTile? _source;
    private long _firstOfSource;
    private int _taken;

    public RowTile? Next(int most, CancellationToken cancellationToken)
    {
        var tile = RowTile.Empty(ref _buffer, most, featureCount);
        while (tile.Count < most && (_taken < _source?.Count || HasMore(most, cancellationToken)))
        {
            if (_rungRows.Contains(_firstOfSource + _taken))
            {
                tile.Append(_source!, _taken, 1);
            }

            _taken++;
        }

        return tile.Count > 0 ? tile : null;
    }

    public void Dispose() => all.Dispose();

    private bool HasMore(int most, CancellationToken cancellationToken)
    {
        _firstOfSource += _source?.Count ?? 0;
        _taken = 0;
        _source = all.Next(most, cancellationToken);
        return _source is not null;
    }
}
