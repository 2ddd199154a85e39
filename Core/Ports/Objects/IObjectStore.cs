namespace CloudSweep.Core.Ports.Objects;

/// <summary>
/// The objects of one bucket or folder: written whole or not at all, replaced whole, every version with an identity of its own.
/// Names are relative, '/' between segments; they never lead out of the bucket or folder.
/// </summary>
public interface IObjectStore
{
    /// <summary>The objects whose names start with <paramref name="prefix"/>, in ordinal order of their names. Pages are fetched as they are read.</summary>
    /// <exception cref="StorageException">The store can't be listed.</exception>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>The current version of an object; null when there is none.</summary>
    /// <exception cref="StorageException">The store can't be asked.</exception>
    Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Opens exactly this version from its first byte. All bytes are of it, and the end is only reached after they were found right
    /// by its length and, where the store knows it, its CRC-32C.
    /// </summary>
    /// <exception cref="ObjectChangedException">This version is not there any more; also thrown by reads.</exception>
    /// <exception cref="StorageException">It can't be read, or its bytes are wrong; also thrown by reads.</exception>
    Task<Stream> OpenAsync(StoredObject version, CancellationToken cancellationToken);

    /// <summary>Stores what <paramref name="write"/> produces, atomically: after a failure nothing has changed. Returns the new version.</summary>
    /// <exception cref="ObjectConflictException"><paramref name="condition"/> does not hold.</exception>
    /// <exception cref="StorageException">It can't be written.</exception>
    Task<StoredObject> WriteAsync(string name, Func<Stream, CancellationToken, Task> write, WriteCondition condition, CancellationToken cancellationToken);

    /// <summary>Deletes an object; no error when there is none.</summary>
    /// <exception cref="StorageException">It can't be deleted.</exception>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
