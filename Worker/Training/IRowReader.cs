namespace CloudSweep.Worker.Training;

/// <summary>Reads decoded rows in a fixed order. Used by one thread at a time; may prefetch on others.</summary>
internal interface IRowReader : IDisposable
{
    /// <summary>Fills the tile from its start; it is filled completely unless the rows end. False (and an empty tile) at the end.</summary>
    bool Read(RowTile tile);

    /// <summary>
    /// The next rows without a copy, as many as there are up to <paramref name="most"/>, where they lie in memory in the order that they are read in: then it is
    /// called in place of <see cref="Read"/>. Null where they do not, and at the end.
    /// </summary>
    RowTile? Lend(int most) => null;
}
