using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>A block file under its temporary name; without <see cref="Publish"/> nothing stays of it.</summary>
internal sealed class PendingBlockFile(BlockCache cache, string key, string temporaryPath) : IDisposable
{
    private Stream? _stream;
    private BlockFileWriter? _writer;

    public BlockFileWriter Begin()
    {
        _stream = cache.Create(temporaryPath);
        _writer = new BlockFileWriter(_stream, key, cache.Unavailable, cache.SizeLimitBytes);
        return _writer;
    }

    /// <summary>Completes the file and gives it its name in one step.</summary>
    public void Publish(ShardProfile profile)
    {
        _writer!.Finish(profile);
        try
        {
            _stream!.Dispose();
        }
        catch (IOException exception)
        {
            throw cache.Unavailable(exception);
        }

        cache.Publish(temporaryPath, key);
    }

    public void Dispose()
    {
        _writer?.Dispose();
        try
        {
            _stream?.Dispose();
        }
        catch (IOException)
        {
            // The last buffered bytes of a file that is deleted here anyway.
        }

        if (_stream is not null)
        {
            File.Delete(temporaryPath);
        }
    }
}
