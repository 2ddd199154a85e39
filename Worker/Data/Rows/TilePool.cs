using System.Collections.Concurrent;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Tiles that readers copy rows into, one after the other, so that an epoch does not begin with new memory. Safe for several threads.</summary>
/// <param name="featureCount">Features per row.</param>
internal sealed class TilePool(int featureCount)
{
    private readonly ConcurrentBag<RowTile> _idle = [];

    /// <summary>A tile of at least so many rows.</summary>
    public RowTile Rent(int rows) => _idle.TryTake(out var tile) && tile.Capacity >= rows ? tile : new RowTile(rows, featureCount);

    public void Return(ref RowTile? tile)
    {
        if (tile is not null)
        {
            _idle.Add(tile);
            tile = null;
        }
    }
}
