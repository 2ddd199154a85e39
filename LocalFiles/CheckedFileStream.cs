using CloudSweep.Core.Streams;

namespace CloudSweep.LocalFiles;

/// <summary>Reads a file and checks at its end that it is still the version it was. Owns the file.</summary>
/// <param name="file">The file.</param>
/// <param name="verify">Throws where it is another version.</param>
/// <param name="broken">What to throw when it can't be read to its end.</param>
public sealed class CheckedFileStream(FileStream file, Action verify, Func<IOException, Exception> broken) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Checked(file.Read(buffer), buffer.Length);
        }
        catch (IOException exception)
        {
            throw broken(exception);
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
            throw broken(exception);
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
            verify();
        }

        return read;
    }
}
