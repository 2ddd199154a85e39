using CloudSweep.Core.Ports;
using Microsoft.Win32.SafeHandles;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>Reads any part of a file and checks after each read that it is still the version it was.</summary>
internal sealed class LocalShardRanges(SafeFileHandle handle, PinnedFile pinned) : IShardRanges
{
    public long Length { get; } = RandomAccess.GetLength(handle);

    public long OpeningBytes => 0;

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        var filled = await FileRange.ReadAsync(handle, offset, target, pinned.Broken, cancellationToken);
        pinned.Verify();
        return filled;
    }

    public void Dispose() => handle.Dispose();
}
