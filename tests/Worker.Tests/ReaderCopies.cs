using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests;

/// <summary>For tests that keep rows longer than a reader lends them.</summary>
internal static class ReaderCopies
{
    /// <summary>Copies the next rows to a tile, which is filled completely unless the rows end; false where there are none.</summary>
    public static bool Read(this IRowReader reader, RowTile tile)
    {
        tile.Count = 0;
        if (reader.Next(tile.Capacity, TestContext.Current.CancellationToken) is not { } rows)
        {
            return false;
        }

        tile.Append(rows, 0, rows.Count);
        return true;
    }
}
