namespace CloudSweep.Worker.Tests.Data;

/// <summary>Gives at most a few bytes per read, so that every cut through a record occurs.</summary>
internal sealed class TricklingStream(byte[] bytes, int most) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
}
