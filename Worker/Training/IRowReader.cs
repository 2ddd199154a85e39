namespace CloudSweep.Worker.Training;

/// <summary>Reads decoded rows in a fixed order. Used by one thread; may prefetch on others.</summary>
internal interface IRowReader : IDisposable
{
    /// <summary>Fills the tile from its start; it is filled completely unless the rows end. False (and an empty tile) at the end.</summary>
    bool Read(RowTile tile);
}
