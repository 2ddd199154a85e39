using CloudSweep.Worker.Data.Rows;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>Chunks of rows with one feature that numbers them; a chunk after the given ones never comes, or fails.</summary>
/// <param name="counts">Rows of each chunk.</param>
/// <param name="failure">Of the chunk after them; null = it never comes.</param>
internal sealed class NumberedChunks(int[] counts, Exception? failure = null) : IRowChunks
{
    private int _begun;
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count => counts.Length + (HasOneMore ? 1 : 0);

    public int Capacity => counts.Append(1).Max();

    /// <summary>Whether there is one more chunk after the given ones.</summary>
    public bool HasOneMore { get; init; }

    /// <summary>Chunks that were begun.</summary>
    public int Begun => Volatile.Read(ref _begun);

    /// <summary>Ends when the chunk that never comes is asked for.</summary>
    public Task Stalled => _stalled.Task;

    public Task<Task> BeginAsync(int chunk, RowWindow target, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _begun);
        if (chunk == counts.Length)
        {
            _stalled.TrySetResult();
            return Task.FromResult(failure is null ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken) : Task.FromException(failure));
        }

        var first = counts[..chunk].Sum();
        target.Count = counts[chunk];
        for (var row = 0; row < target.Count; row++)
        {
            (target.Features[row], target.Classes[row], target.Targets[row]) = (first + row, first + row, first + row);
        }

        return Task.FromResult(Task.CompletedTask);
    }

    public void Dispose()
    {
    }
}
