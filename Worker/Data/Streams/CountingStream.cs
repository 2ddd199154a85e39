using CloudSweep.Core.Streams;

namespace CloudSweep.Worker.Data.Streams;

/// <summary>Counts the stored bytes that pass.</summary>
internal sealed class CountingStream(Stream inner, DataCounters counters) : ForwardStream
{
    public override int Read(Span<byte> buffer) => Counted(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await inner.ReadAsync(buffer, cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Counted(int read)
    {
        counters.AddBytesRead(read);
        return read;
    }
}
