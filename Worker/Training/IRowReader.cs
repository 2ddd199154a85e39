namespace CloudSweep.Worker.Training;

/// <summary>Reads decoded rows in a fixed order. Used by one thread at a time; may prefetch on others.</summary>
internal interface IRowReader : IDisposable
{
    /// <summary>
    /// The next rows: exactly <paramref name="most"/>, or all that are left where they are fewer; null when there are none. They lie where the reader has them,
    /// nobody may write to them, and they stay as they are until the next call.
    /// </summary>
    /// <param name="most">≥ 1.</param>
    /// <param name="cancellationToken">Ends the waiting for rows that are not there yet; the reader can only be disposed then.</param>
    RowTile? Next(int most, CancellationToken cancellationToken);

    /// <summary>Copies the rows of the next call of <see cref="Next"/> where they have to be copied. May run beside whoever looks at the rows at hand, and never waits.</summary>
    /// <param name="most">As in that call.</param>
    void Prepare(int most)
    {
    }
}
