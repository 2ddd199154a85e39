namespace CloudSweep.StorageEmulator.Objects;

internal sealed class MemoryContent(ReadOnlyMemory<byte> bytes) : ObjectContent
{
    public override long Length => bytes.Length;

    public override int Read(long offset, Span<byte> destination)
    {
        var rest = bytes.Span[(int)Math.Min(offset, bytes.Length)..];
        var count = Math.Min(rest.Length, destination.Length);
        rest[..count].CopyTo(destination);
        return count;
    }
}
