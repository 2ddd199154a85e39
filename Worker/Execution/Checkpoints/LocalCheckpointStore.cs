using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Execution.Checkpoints;

/// <summary>Keeps checkpoints as files that only their owner may read.</summary>
internal sealed class LocalCheckpointStore(IOptions<CheckpointOptions> options) : ICheckpointStore
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string TemporaryPrefix = ".new-";

    private readonly string _root = options.Value.Directory;

    public async Task<long> CreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        var path = PathOf(name);
        var folder = Path.GetDirectoryName(path)!;
        CreateFolder(folder);
        if (File.Exists(path))
        {
            throw new IOException($"The checkpoint {name} exists already.");
        }

        var temporary = Path.Combine(folder, TemporaryPrefix + Guid.NewGuid().ToString("N"));
        try
        {
            long sizeBytes;
            await using (var file = CreateFile(temporary))
            {
                await write(file, cancellationToken);
                file.Flush(flushToDisk: true);
                sizeBytes = file.Length;
            }

            cancellationToken.ThrowIfCancellationRequested();
            WriteOnceFile.Publish(temporary, path);
            return sizeBytes;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<Stream?>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        cancellationToken.ThrowIfCancellationRequested();
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<string> names = Directory.Exists(_root)
            ? [.. Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories)
                .Where(path => !Path.GetFileName(path).StartsWith(TemporaryPrefix, StringComparison.Ordinal))
                .Select(path => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)]
            : [];
        return Task.FromResult(names);
    }

    private static FileStream CreateFile(string path)
    {
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, creation);
    }

    /// <summary>Creates a folder and those above it; the mode given to CreateDirectory holds for the last one only.</summary>
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            CreateFolder(Path.GetDirectoryName(folder)!);
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    private string PathOf(string name)
    {
        CheckpointName.ThrowIfInvalid(name);
        return Path.Combine(_root, name);
    }
}
