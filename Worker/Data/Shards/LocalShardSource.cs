using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.LocalFiles;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>Shards that are files of this machine. Version = length and time of the last write.</summary>
internal sealed class LocalShardSource(IOptions<DataOptions> options) : IShardSource
{
    // Readers of plain text ask for more at a time, so that nothing is copied twice; a larger buffer would be left to the collector for long.
    private const int BufferBytes = 64 * 1024;
    private const FileShare Sharing = FileShare.ReadWrite | FileShare.Delete;

    private readonly AllowedRoots _roots = new(options.Value.AllowedRoots);

    public Task<ShardTable> FindAsync(string pattern, CancellationToken cancellationToken) =>
        Task.Run(() => Find(ShardPattern.ParseLocal(pattern), cancellationToken), cancellationToken);

    public Task<Stream> OpenAsync(Shard shard, CancellationToken cancellationToken) =>
        Task.Run<Stream>(() => OpenStream(shard), cancellationToken);

    public Task<IShardRanges> OpenRangesAsync(Shard shard, CancellationToken cancellationToken) => Task.Run<IShardRanges>(
        () => Open(shard, pinned => new LocalShardRanges(File.OpenHandle(pinned.Path, FileMode.Open, FileAccess.Read, Sharing), pinned)),
        cancellationToken);

    private ShardTable Find(ShardPattern pattern, CancellationToken cancellationToken)
    {
        _roots.Check(pattern.Folder, pattern.Text);
        var files = FilesOf(pattern);

        // Before any is opened: a pipe or device has no length either, and opening one may never come back.
        FoundShards.RequireContent(files
            .Where(path => new FileInfo(_roots.Check(path, Path.GetFileName(path))) is { Exists: true, Length: 0 })
            .Select(path => Path.GetFileName(path)));
        return FoundShards.ToTable(pattern, files.Select(path =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Describe(pattern, path);
        }));
    }

    private static List<string> FilesOf(ShardPattern pattern)
    {
        try
        {
            var found = new List<string> { pattern.Folder };
            for (var i = 0; i < pattern.Segments.Count; i++)
            {
                var isLast = i == pattern.Segments.Count - 1;
                found = [.. found.SelectMany(folder => Children(folder, pattern.Segments[i], isLast)).Order(StringComparer.Ordinal)];
            }

            return found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataErrorException($"The data pattern '{pattern.Text}' can't be searched: a folder can't be read; give this process the right to list it.", exception);
        }
    }

    private static IEnumerable<string> Children(string folder, string segment, bool files)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        if (!ShardPattern.HasWildcard(segment))
        {
            var path = Path.Combine(folder, segment);
            return (files ? File.Exists(path) : Directory.Exists(path)) ? [path] : [];
        }

        var children = files ? Directory.EnumerateFiles(folder) : Directory.EnumerateDirectories(folder);
        return children.Where(path => ShardPattern.Matches(segment, Path.GetFileName(path)));
    }

    private Shard Describe(ShardPattern pattern, string path)
    {
        var name = Path.GetFileName(path);
        var target = _roots.Check(path, name);
        try
        {
            // Opening it tells at once, not hours later, that it can't be read.
            using var handle = File.OpenHandle(target);
            var version = FileVersion.Of(target) ?? throw new FileNotFoundException();
            return new Shard(pattern.KeyOf(path), LocalPath.ToUri(path), RandomAccess.GetLength(handle), version, Crc32C: null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(name, exception);
        }
    }

    private CheckedFileStream OpenStream(Shard shard) => Open(
        shard, pinned => new CheckedFileStream(new FileStream(pinned.Path, FileMode.Open, FileAccess.Read, Sharing, BufferBytes), pinned.Verify, pinned.Broken));

    /// <summary>Opens the file first and looks at its version then, so that it can't be replaced in between.</summary>
    private T Open<T>(Shard shard, Func<PinnedFile, T> open)
        where T : IDisposable
    {
        var name = ShardName.OfUri(shard.Uri);
        var pinned = new PinnedFile(_roots.Check(LocalPath.FromUri(shard.Uri), name), name, shard.Version);
        try
        {
            var opened = open(pinned);
            try
            {
                pinned.Verify();
                return opened;
            }
            catch (DataChangedException)
            {
                opened.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataChangedException($"{name} is gone; the sweep needs the file it was made with, so put it back or start a new sweep.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(name, exception);
        }
    }

    private static DataErrorException Unreadable(string name, Exception exception) =>
        new($"{name} can't be read; give this process the right to read it.", exception);
}
