namespace CloudSweep.Worker.Data.Rows;

/// <summary>A sequence of rows in pieces that are decoded one after the other.</summary>
internal interface IRowChunks : IDisposable
{
    int Count { get; }

    /// <summary>Most rows of a chunk.</summary>
    int Capacity { get; }

    Task FillAsync(int chunk, RowWindow target, CancellationToken cancellationToken);
}
