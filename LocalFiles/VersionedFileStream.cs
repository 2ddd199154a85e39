using CloudSweep.Core.Ports.Objects;
using CloudSweep.Core.Streams;

namespace CloudSweep.LocalFiles;

/// <summary>Reads an open file and checks at its end that it is still the version it was. Owns the file.</summary>
internal sealed class VersionedFileStream(FileStream file, string version) : ForwardStream
{
    /// <exception cref="ObjectChangedException">It is another version.</exception>
    public void Verify()
    {
        if (FileVersion.Of(file.SafeFileHandle) != version)
        {
            throw new ObjectChangedException($"{file.Name} is not version {version} any more; it was replaced or written to.");
        }
    }

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

    private StorageException Broken(IOException exception) => new($"{file.Name} can't be read to its end; check the disk.", isTransient: false, exception);
}
