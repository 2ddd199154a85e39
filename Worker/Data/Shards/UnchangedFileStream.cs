using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>Reads a file and checks at its end that it is still the version it was.</summary>
internal sealed class UnchangedFileStream(FileStream file, string path, string name, string version) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="DataChangedException">The file is another version or gone.</exception>
    public void Verify()
    {
        if (LocalShardSource.VersionOf(path) is not { } found || found != version)
        {
            throw new DataChangedException($"{name} changed since the sweep was made; the sweep needs the file it was made with, so put it back or start a new sweep.");
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Checked(file.Read(buffer), buffer.Length);
        }
        catch (IOException exception)
        {
            throw Broken(exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Checked(await file.ReadAsync(buffer, cancellationToken), buffer.Length);
        }
        catch (IOException exception)
        {
            throw Broken(exception);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
            Verify();
        }

        return read;
    }

    private DataErrorException Broken(IOException exception) => new($"{name} can't be read to its end; check the disk.", exception);
}
