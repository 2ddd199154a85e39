using CloudSweep.Core.Ports;
using CloudSweep.Worker.Data.Cache;
using Microsoft.Win32.SafeHandles;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>
/// A shard that was read once, from front to back, into a nameless file: formats that jump about in it never see bytes that were not found right,
/// and no byte is fetched twice.
/// </summary>
internal sealed class SpooledShardRanges : IShardRanges
{
    private const int BufferBytes = 1 << 20;

    private readonly SafeFileHandle _file;
    private readonly string _folder;

    private SpooledShardRanges(SafeFileHandle file, string folder)
    {
        (_file, _folder) = (file, folder);
        Length = OpeningBytes = RandomAccess.GetLength(file);
    }

    public long Length { get; }

    public long OpeningBytes { get; }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">Checks its bytes before it ends.</param>
    /// <param name="folder">Where the file goes; made when missing.</param>
    /// <param name="cancellationToken">Stops; nothing stays.</param>
    /// <exception cref="CacheUnavailableException">The folder can't be written.</exception>
    public static async Task<IShardRanges> ReadAsync(Stream stream, string folder, CancellationToken cancellationToken)
    {
        var file = Create(folder);
        try
        {
            var buffer = new byte[BufferBytes];
            var length = 0L;
            while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
            {
                await WriteAsync(file, buffer.AsMemory(0, read), length, folder, cancellationToken);
                length += read;
            }

            return new SpooledShardRanges(file, folder);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public ValueTask<int> ReadAsync(long offset, Memory<byte> target, CancellationToken cancellationToken) =>
        FileRange.ReadAsync(_file, offset, target, exception => CacheUnavailableException.Of(_folder, exception), cancellationToken);

    public void Dispose() => _file.Dispose();

    private static async ValueTask WriteAsync(SafeFileHandle file, ReadOnlyMemory<byte> bytes, long offset, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await RandomAccess.WriteAsync(file, bytes, offset, cancellationToken);
        }
        catch (IOException exception)
        {
            throw CacheUnavailableException.Of(folder, exception);
        }
    }

    private static SafeFileHandle Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var path = Path.Combine(folder, $"spool.{Guid.NewGuid():N}{BlockCache.TemporaryExtension}");
            var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);

            // Without a name from the start nothing of it outlives the process, however that ends.
            File.Delete(path);
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CacheUnavailableException.Of(folder, exception);
        }
    }
}
