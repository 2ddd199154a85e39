namespace CloudSweep.Worker.Training;

/// <summary>Prepares the next rows of a reader as a piece of a crew's work, while lanes train on those at hand.</summary>
/// <param name="reader">Of the epoch.</param>
/// <param name="most">Rows of a turn, ≥ 1.</param>
internal sealed class ReadAhead(IRowReader reader, int most) : ILaneWork
{
    public void Train(RowTile tile, int start, int count, long firstRow, Scratch scratch) => reader.Prepare(most);
}
