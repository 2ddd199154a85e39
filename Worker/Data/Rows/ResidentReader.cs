using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Reads rows that are decoded already.</summary>
internal sealed class ResidentReader(RowWindow rows, int[] order, int firstRow, int featureCount) : IRowReader
{
    private int _position = firstRow;

    public bool Read(RowTile tile)
    {
        tile.Count = 0;
        _position += RowCopy.Append(rows, order, _position, tile, featureCount);
        return tile.Count > 0;
    }

    public void Dispose()
    {
    }
}
