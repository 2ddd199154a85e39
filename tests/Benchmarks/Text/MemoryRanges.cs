using CloudSweep.Core.Ports;

namespace CloudSweep.Benchmarks.Text;

/// <summary>A shard in memory.</summary>
internal sealed class MemoryRanges(byte[] bytes) : IShardRanges
{
    public long Length => bytes.Length;

    public long OpeningBytes => 0;

    public ValueTask<int> ReadAsync(long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        var count = (int)Math.Min(target.Length, bytes.Length - offset);
        bytes.AsMemory((int)offset, count).CopyTo(target);
        return ValueTask.FromResult(count);
    }

    public void Dispose()
    {
    }
}
