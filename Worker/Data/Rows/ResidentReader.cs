using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Reads rows that are decoded already.</summary>
/// <param name="rows">All of a set.</param>
/// <param name="order">Rows in the order that they are read in; null where that is the order of the window, whose rows are lent then.</param>
/// <param name="firstRow">Position of the first row.</param>
/// <param name="featureCount">Features per row.</param>
internal sealed class ResidentReader(RowWindow rows, int[]? order, int firstRow, int featureCount) : IRowReader
{
    private int _position = firstRow;

    public RowTile? Lend(int most)
    {
        var (first, count) = (_position, Math.Min(most, rows.Count - _position));
        if (order is not null || count == 0)
        {
            return null;
        }

        _position += count;
        return RowTile.Of(rows.Features, rows.Classes, rows.Targets, featureCount, first, count);
    }

    public bool Read(RowTile tile)
    {
        order ??= [.. Enumerable.Range(0, rows.Count)];
        tile.Count = 0;
        _position += RowCopy.Append(rows, order, _position, tile, featureCount);
        return tile.Count > 0;
    }

    public void Dispose()
    {
    }
}
