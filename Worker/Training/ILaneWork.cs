namespace CloudSweep.Worker.Training;

/// <summary>What a training thread takes at a time: a lane, or lanes that are trained together.</summary>
internal interface ILaneWork
{
    /// <summary>Trains on <paramref name="count"/> rows of a tile from <paramref name="start"/> on, whose row 0 is row <paramref name="firstRow"/> of the epoch's order.</summary>
    void Train(RowTile tile, int start, int count, long firstRow, Scratch scratch);
}
