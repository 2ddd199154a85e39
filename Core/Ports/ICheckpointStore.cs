namespace CloudSweep.Core.Ports;

/// <summary>Keeps write-once checkpoint objects. Names are <c>SWEEP/JOB/TOKEN-POSITION</c>: segments of letters, digits, '.', '_' and '-'.</summary>
public interface ICheckpointStore
{
    /// <summary>Stores what <paramref name="write"/> produces under a new name, atomically: after a failure nothing is there. Returns its size in bytes.</summary>
    /// <exception cref="IOException">The name exists already, or writing failed.</exception>
    Task<long> CreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>Opens an object; null when it is not there.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes an object; no error when it is not there.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Names that start with <paramref name="prefix"/>, in ordinal order.</summary>
    Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken);
}
