using System.Runtime.CompilerServices;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.LocalFiles;

/// <summary>
/// Objects as files of one folder that only their owner may read. Links below the folder are not followed, as they may lead out of it.
/// Version = length and time of the last write; CRC-32C is not told.
/// </summary>
internal sealed class LocalObjectStore(string root) : IObjectStore
{
    private const FileShare Sharing = FileShare.Read | FileShare.Delete;
    private const string TemporaryPrefix = ".new-";

    private static readonly EnumerationOptions AllFiles = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly string _root = Path.TrimEndingDirectorySeparator(root);

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        foreach (var name in await Task.Run(() => NamesOf(prefix), cancellationToken))
        {
            // What was deleted since it was found is passed over.
            if (await FindAsync(name, cancellationToken) is { } version)
            {
                yield return version;
            }
        }
    }

    public Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(Describe(name, new FileInfo(path)));
        }
        catch (FileNotFoundException)
        {
            return Task.FromResult<StoredObject?>(null);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw Unreadable(path, exception);
        }
    }

    public async Task<Stream> OpenAsync(StoredObject version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        var path = PathOf(version.Name);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, Sharing);
            try
            {
                Verify(file, version.Version);
                return new CheckedFileStream(
                    file,
                    () => Verify(file, version.Version),
                    exception => new StorageException($"{path} can't be read to its end; check the disk.", isTransient: false, exception));
            }
            catch
            {
                await file.DisposeAsync();
                throw;
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ObjectChangedException($"{path} is not there any more.", exception);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw Unreadable(path, exception);
        }
    }

    public async Task<StoredObject> WriteAsync(
        string name, Func<Stream, CancellationToken, Task> write, WriteCondition condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        var path = PathOf(name);
        cancellationToken.ThrowIfCancellationRequested();
        if (condition == WriteCondition.IsAbsent && File.Exists(path))
        {
            throw new ObjectConflictException($"{path} exists already; nothing was written.");
        }

        var temporary = Path.Combine(Path.GetDirectoryName(path)!, TemporaryPrefix + Guid.NewGuid().ToString("N"));
        var file = PendingFileStream.Create(temporary);
        try
        {
            await using (file)
            {
                await write(file, cancellationToken);
                file.Complete();
            }

            cancellationToken.ThrowIfCancellationRequested();
            return Publish(temporary, name, path, condition);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw new StorageException($"{path} can't be deleted: {exception.Message}", isTransient: false, exception);
        }

        return Task.CompletedTask;
    }

    /// <summary>Gives a finished file its lasting name.</summary>
    private static StoredObject Publish(string temporary, string name, string path, WriteCondition condition)
    {
        try
        {
            // A clock of a few milliseconds gives two files of one length the same version when one follows the other at once.
            if (FileVersion.Of(path) == FileVersion.Of(temporary))
            {
                File.SetLastWriteTimeUtc(temporary, File.GetLastWriteTimeUtc(temporary).AddTicks(1));
            }

            var stored = Describe(name, new FileInfo(temporary))!;
            if (condition == WriteCondition.None)
            {
                File.Move(temporary, path, overwrite: true);
            }
            else if (!WriteOnceFile.TryPublish(temporary, path))
            {
                throw new ObjectConflictException($"{path} exists already; nothing was written.");
            }

            return stored;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw new StorageException($"{path} can't be written: {exception.Message}", isTransient: false, exception);
        }
    }

    private static void Verify(FileStream file, string version)
    {
        if (FileVersion.Of(file.SafeFileHandle) != version)
        {
            throw new ObjectChangedException($"{file.Name} is not version {version} any more; it was replaced or written to.");
        }
    }

    private static StoredObject? Describe(string name, FileInfo file) =>
        FileVersion.Of(file) is { } version ? new StoredObject(name, file.Length, version, Crc32C: null) : null;

    private List<string> NamesOf(string prefix)
    {
        var folder = prefix.LastIndexOf('/') is var slash and >= 0 ? PathOf(prefix[..slash]) : _root;
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder, "*", AllFiles)
                    .Where(path => !Path.GetFileName(path).StartsWith(TemporaryPrefix, StringComparison.Ordinal))
                    .Select(path => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/'))
                    .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw new StorageException($"{folder} can't be listed: {exception.Message}", isTransient: false, exception);
        }
    }

    /// <exception cref="ArgumentException">No file can have the name.</exception>
    /// <exception cref="StorageException">A link stands in the way.</exception>
    private string PathOf(string name)
    {
        ObjectName.ThrowIfInvalid(name);
        var path = _root;
        foreach (var segment in name.Split('/'))
        {
            if (segment.Length == 0 || segment.StartsWith(TemporaryPrefix, StringComparison.Ordinal))
            {
                throw new ArgumentException($"'{name}' can't name a file: no segment may be empty or start with '{TemporaryPrefix}'.", nameof(name));
            }

            path = Path.Combine(path, segment);
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new StorageException($"{path} is a link, which may lead out of {_root}; put the folder or file itself there.", isTransient: false);
            }
        }

        return path;
    }

    private static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static StorageException Unreadable(string path, Exception exception) =>
        new($"{path} can't be read: {exception.Message}", isTransient: false, exception);
}
