using Microsoft.Win32.SafeHandles;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>Reads a part of an open file, whose every read may bring less than was asked for.</summary>
internal static class FileRange
{
    /// <summary>Fills <paramref name="target"/> as far as the file goes; returns how many bytes there were.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="broken">What to throw when the file can't be read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<int> ReadAsync(SafeFileHandle file, long offset, Memory<byte> target, Func<IOException, Exception> broken, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < target.Length)
        {
            int read;
            try
            {
                read = await RandomAccess.ReadAsync(file, target[filled..], offset + filled, cancellationToken);
            }
            catch (IOException exception)
            {
                throw broken(exception);
            }

            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }
}
