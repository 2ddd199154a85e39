namespace CloudSweep.Cli.Generation;

/// <summary>
/// The folder that shards are written to: under hidden temporary names until <see cref="Publish"/>. Disposing without it removes all that was written,
/// and the folders that were made for it.
/// </summary>
internal sealed class ShardFolder : IDisposable
{
    private const string LockName = ".cloudsweep-generate.lock";

    private readonly string _path;
    private readonly ShardCut _cut;
    private readonly Func<string, Stream> _createFile;
    private readonly List<string> _madeFolders;
    private readonly FileStream _lock;
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private bool _isPublished;

    /// <param name="path">Made with the folders above it where it is missing.</param>
    /// <param name="cut">Names the shards.</param>
    /// <param name="createFile">Opens a file for writing, for tests. Null: on the disk.</param>
    /// <exception cref="IOException">The folder can't be made, or another process writes a data set to it.</exception>
    public ShardFolder(string path, ShardCut cut, Func<string, Stream>? createFile = null)
    {
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        _cut = cut;
        _createFile = createFile ?? (file => new FileStream(file, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 }));
        _madeFolders = MissingFolders(_path);
        try
        {
            Directory.CreateDirectory(_path);

            // Two processes in one folder would overwrite each other's finished temporary files.
            _lock = new FileStream(Path.Combine(_path, LockName), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
            });
        }
        catch
        {
            RemoveMadeFolders();
            throw;
        }
    }

    /// <summary>Opens a shard's temporary file. Safe for several threads.</summary>
    public Stream Create(int shard)
    {
        var path = TemporaryPath(shard);
        var stream = _createFile(path);
        lock (_gate)
        {
            _written.Add(path);
        }

        return stream;
    }

    /// <summary>Gives all shards their names, and removes the shards of an earlier data set.</summary>
    /// <returns>Bytes of the shards as stored, and the number of earlier files removed or replaced.</returns>
    public (long Bytes, int Replaced) Publish()
    {
        var earlier = Directory.EnumerateFiles(_path).Where(file => ShardCut.IsShardName(Path.GetFileName(file)) && !_written.Contains(file)).ToList();
        earlier.ForEach(File.Delete);
        var bytes = 0L;
        for (var shard = 0; shard < _cut.Shards; shard++)
        {
            var path = Path.Combine(_path, _cut.NameOf(shard));
            bytes += new FileInfo(TemporaryPath(shard)).Length;
            File.Move(TemporaryPath(shard), path);
            _written.Add(path);
        }

        _isPublished = true;
        return (bytes, earlier.Count);
    }

    public void Dispose()
    {
        if (!_isPublished)
        {
            foreach (var path in _written)
            {
                IgnoreFailure(() => File.Delete(path));
            }
        }

        _lock.Dispose();
        if (!_isPublished)
        {
            RemoveMadeFolders();
        }
    }

    private string TemporaryPath(int shard) => Path.Combine(_path, $".{_cut.NameOf(shard)}.tmp");

    /// <summary>Deepest first.</summary>
    private static List<string> MissingFolders(string path)
    {
        var missing = new List<string>();
        for (var folder = path; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            missing.Add(folder);
        }

        return missing;
    }

    private void RemoveMadeFolders() => _madeFolders.ForEach(folder => IgnoreFailure(() => Directory.Delete(folder)));

    // The failure that led here is the one to tell.
    private static void IgnoreFailure(Action action)
    {
        try
        {
            action();
        }
        catch (IOException)
        {
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
