using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Cli.Files;

/// <summary>Opens a file that a person named: a path, or <c>gs://bucket/name</c>.</summary>
internal static class InputFile
{
    /// <summary>A seekable stream. An object is first read to its end into a temporary file, so that its bytes are the right ones.</summary>
    /// <exception cref="IOException">A file can't be read, or there is no such object.</exception>
    /// <exception cref="StorageException">An object can't be read.</exception>
    public static async Task<Stream> OpenAsync(string place, ObjectStores stores, CancellationToken cancellationToken)
    {
        if (!ObjectLocation.IsCloudStorage(place))
        {
            return File.OpenRead(place);
        }

        if (ObjectLocation.TryParse(place) is not { Path.Length: > 0 } location)
        {
            throw new FileNotFoundException("it names no object");
        }

        var bucket = stores.Open(location);
        var version = await bucket.FindAsync(location.Path, cancellationToken) ?? throw new FileNotFoundException("there is no such object");
        await using var stored = await bucket.OpenAsync(version, cancellationToken);
        var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            await stored.CopyToAsync(file, cancellationToken);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
