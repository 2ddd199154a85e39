using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.LocalFiles;

/// <summary>A file on its way, for its owner only. That it can't be written is told as <see cref="StorageException"/>, which no failure of what is written can be taken for.</summary>
internal sealed class PendingFileStream : Stream
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _file;

    private PendingFileStream(FileStream file) => _file = file;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Makes the file, and the folders above it where they are missing.</summary>
    /// <exception cref="StorageException">It can't be made.</exception>
    public static PendingFileStream Create(string path)
    {
        try
        {
            CreateFolder(Path.GetDirectoryName(path)!);
            var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new PendingFileStream(new FileStream(path, creation));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, exception);
        }
    }

    /// <summary>Makes sure that all of it is on the disk.</summary>
    public void Complete() => Try(() => _file.Flush(flushToDisk: true));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _file.Write(buffer);
        }
        catch (IOException exception)
        {
            throw Refused(_file.Name, exception);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _file.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException exception)
        {
            throw Refused(_file.Name, exception);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => Try(_file.Flush);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Try(_file.Dispose);
        }

        base.Dispose(disposing);
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (IOException exception)
        {
            throw Refused(_file.Name, exception);
        }
    }

    /// <summary>Creates a folder and those above it; the mode given to CreateDirectory holds for the last one only.</summary>
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            CreateFolder(Path.GetDirectoryName(folder)!);
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    private static StorageException Refused(string path, Exception exception) =>
        new($"{path} can't be written: {exception.Message}", isTransient: false, exception);
}
