using Microsoft.Win32.SafeHandles;

namespace CloudSweep.StorageEmulator.Objects;

/// <summary>A file that was there at the start, served from disk so that large objects need no memory. It must not be written to while it is served.</summary>
internal sealed class FileContent : ObjectContent, IDisposable
{
    private readonly SafeFileHandle _file;

    public FileContent(string path)
    {
        _file = File.OpenHandle(path);
        Length = RandomAccess.GetLength(_file);
    }

    public override long Length { get; }

    public override int Read(long offset, Span<byte> destination) => RandomAccess.Read(_file, destination, offset);

    public void Dispose() => _file.Dispose();
}
