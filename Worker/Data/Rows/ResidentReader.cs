using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Reads rows that are decoded already.</summary>
/// <param name="rows">All of a set.</param>
/// <param name="order">Rows in the order that they are read in; null where that is the order of the window, which lends them then.</param>
/// <param name="firstRow">Position of the first row.</param>
/// <param name="buffers">For rows that are copied.</param>
internal sealed class ResidentReader(RowWindow rows, int[]? order, int firstRow, TilePool buffers) : IRowReader
{
    private int _position = firstRow;
    private RowTile? _atHand;
    private RowTile? _prepared;
    private bool _isPrepared;

    public RowTile? Next(int most, CancellationToken cancellationToken)
    {
        if (order is null)
        {
            var lent = rows.Lend(_position, Math.Min(most, rows.Count - _position));
            _position += lent.Count;
            return lent.Count > 0 ? lent : null;
        }

        Prepare(most);
        (_atHand, _prepared, _isPrepared) = (_prepared, _atHand, false);
        return _atHand!.Count > 0 ? _atHand : null;
    }

    public void Prepare(int most)
    {
        if (order is null || _isPrepared)
        {
            return;
        }

        _prepared ??= buffers.Rent(most);
        var tile = RowTile.Empty(ref _prepared, most, rows.FeatureCount);
        for (var end = Math.Min(order.Length, _position + most); _position < end; _position++)
        {
            rows.CopyTo(tile, order[_position], 1);
        }

        _isPrepared = true;
    }

    public void Dispose()
    {
        buffers.Return(ref _atHand);
        buffers.Return(ref _prepared);
    }
}
