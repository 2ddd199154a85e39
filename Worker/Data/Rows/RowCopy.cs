using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Hands rows of a window out.</summary>
internal static class RowCopy
{
    /// <summary>Appends rows in the window's order from <paramref name="position"/> on until the tile is full or the window ends; rows appended.</summary>
    public static int Append(RowWindow window, int position, RowTile tile, int featureCount)
    {
        var rows = Math.Min(tile.Capacity - tile.Count, window.Count - position);
        window.Features.AsSpan(position * featureCount, rows * featureCount).CopyTo(tile.Features.AsSpan(tile.Count * featureCount));
        window.Classes.AsSpan(position, rows).CopyTo(tile.Classes.AsSpan(tile.Count));
        window.Targets.AsSpan(position, rows).CopyTo(tile.Targets.AsSpan(tile.Count));
        tile.Count += rows;
        return rows;
    }

    /// <summary>Appends rows of another order from its <paramref name="position"/> on until the tile is full or the order ends; rows appended.</summary>
    public static int Append(RowWindow window, ReadOnlySpan<int> order, int position, RowTile tile, int featureCount)
    {
        var rows = Math.Min(tile.Capacity - tile.Count, order.Length - position);
        for (var i = 0; i < rows; i++)
        {
            var row = order[position + i];
            window.Features.AsSpan(row * featureCount, featureCount).CopyTo(tile.Features.AsSpan((tile.Count + i) * featureCount));
            tile.Classes[tile.Count + i] = window.Classes[row];
            tile.Targets[tile.Count + i] = window.Targets[row];
        }

        tile.Count += rows;
        return rows;
    }
}
