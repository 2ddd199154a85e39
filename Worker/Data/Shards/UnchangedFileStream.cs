using CloudSweep.Core.Streams;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>Reads a file and checks at its end that it is still the version it was.</summary>
internal sealed class UnchangedFileStream(FileStream file, PinnedFile pinned) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Checked(file.Read(buffer), buffer.Length);
        }
        catch (IOException exception)
        {
            throw pinned.Broken(exception);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Checked(await file.ReadAsync(buffer, cancellationToken), buffer.Length);
        }
        catch (IOException exception)
        {
            throw pinned.Broken(exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Checked(int read, int asked)
    {
        if (read == 0 && asked > 0)
        {
            pinned.Verify();
        }

        return read;
    }
}
