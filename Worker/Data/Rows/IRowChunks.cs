namespace CloudSweep.Worker.Data.Rows;

/// <summary>A sequence of rows in pieces. Disposing waits for what is being decoded.</summary>
internal interface IRowChunks : IDisposable
{
    int Count { get; }

    /// <summary>Most rows of a chunk.</summary>
    int Capacity { get; }

    /// <summary>Begins to decode a chunk; chunks begin one after the other.</summary>
    /// <returns>Ends when all blocks of the chunk are in work, so that the next chunk can begin; its result when the rows of this and all earlier chunks are there.</returns>
    Task<Task> BeginAsync(int chunk, RowWindow target, CancellationToken cancellationToken);
}
