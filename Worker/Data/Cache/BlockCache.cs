using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>Block files by key in one folder. Several processes may share it: files appear by rename and stay readable while open.</summary>
internal sealed partial class BlockCache(IOptions<DataOptions> options, TimeProvider time, ILogger<BlockCache> logger)
{
    private const string Extension = ".blocks";
    /// <summary>Of files that are trash once their process has died.</summary>
    public const string TemporaryExtension = ".tmp";

    // A pass over one shard takes less; what is older was left by a process that died.
    private static readonly TimeSpan TemporaryLifetime = TimeSpan.FromDays(1);

    private readonly Dictionary<string, int> _inUse = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Opens a new file for writing; tests replace it to fail like a full disk.</summary>
    internal Func<string, Stream> CreateFile { get; init; } = path => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);

    public long SizeLimitBytes => options.Value.CacheSizeLimitBytes;

    private string Folder => options.Value.CacheDirectory;

    /// <summary>The file of a key; null when there is none. A corrupt one is deleted.</summary>
    public BlockFile? TryOpen(string key)
    {
        var path = PathOf(key);
        Use(path);
        BlockFile? file = null;
        try
        {
            file = BlockFile.Open(path, key, () => Release(path));
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Not there, or dropped by another process after it was opened, which does no harm.
        }
        catch (CorruptBlockException exception)
        {
            Discard(key, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw Unavailable(exception);
        }
        finally
        {
            if (file is null)
            {
                Release(path);
            }
        }

        return file;
    }

    public PendingBlockFile StartFile(string key) => new(this, key, Path.Combine(Folder, $"{key}.{Guid.NewGuid():N}{TemporaryExtension}"));

    public void Discard(string key, CorruptBlockException reason)
    {
        LogCorruptFileDiscarded(reason, key);
        File.Delete(PathOf(key));
    }

    internal Stream Create(string path)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            return CreateFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(exception);
        }
    }

    internal void Publish(string temporaryPath, string key)
    {
        try
        {
            File.SetLastWriteTimeUtc(temporaryPath, time.GetUtcNow().UtcDateTime);
            File.Move(temporaryPath, PathOf(key), overwrite: true);
            Trim(PathOf(key));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(exception);
        }
    }

    internal CacheUnavailableException Unavailable(Exception exception) => CacheUnavailableException.Of(Folder, exception);

    private void Trim(string newest)
    {
        var folder = new DirectoryInfo(Folder);
        var expired = time.GetUtcNow().UtcDateTime - TemporaryLifetime;
        foreach (var file in folder.EnumerateFiles("*" + TemporaryExtension).Where(file => file.LastWriteTimeUtc < expired))
        {
            file.Delete();
        }

        // A deleted file has no size any more, so sizes are taken first.
        var files = folder.EnumerateFiles("*" + Extension).OrderBy(file => file.LastWriteTimeUtc).Select(file => (File: file, Size: SizeOf(file))).ToList();
        var total = files.Sum(entry => entry.Size);
        foreach (var (file, size) in files.TakeWhile(_ => total > SizeLimitBytes))
        {
            if (file.FullName != Path.GetFullPath(newest) && TryDrop(file))
            {
                total -= size;
            }
        }
    }

    private static long SizeOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private bool TryDrop(FileInfo file)
    {
        lock (_lock)
        {
            if (_inUse.ContainsKey(Path.Combine(Folder, file.Name)))
            {
                return false;
            }

            file.Delete();
        }

        LogDropped(file.Name);
        return true;
    }

    private void Use(string path)
    {
        lock (_lock)
        {
            _inUse[path] = _inUse.GetValueOrDefault(path) + 1;
        }
    }

    private void Release(string path)
    {
        lock (_lock)
        {
            if (--_inUse[path] == 0)
            {
                _inUse.Remove(path);
            }
        }
    }

    private string PathOf(string key) => Path.Combine(Folder, key + Extension);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cached blocks {Key} are corrupt; deleted them to read the text again")]
    private partial void LogCorruptFileDiscarded(Exception exception, string key);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Dropped {File} to keep the block cache below its limit")]
    private partial void LogDropped(string file);
}
