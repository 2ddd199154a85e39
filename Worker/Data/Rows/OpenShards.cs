using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Cache;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>The block files of a data set that are open at the time; opens them when they are needed and heals corrupt ones. Safe for several threads.</summary>
internal sealed class OpenShards(DataSet set) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Task<BlockFile>> _opening = [];
    private readonly Dictionary<int, BlockFile> _open = [];

    // Somebody may still read what another thread found to be corrupt.
    private readonly List<BlockFile> _corrupt = [];

    /// <summary>Reads a block, from text when there is no good file of it.</summary>
    public async Task ReadAsync(int shard, int block, RawBlock target, CancellationToken cancellationToken)
    {
        var file = await OpenAsync(shard, cancellationToken);
        try
        {
            file.Read(block, target);
        }
        catch (CorruptBlockException exception)
        {
            Discard(shard, file, exception);
            (await OpenAsync(shard, cancellationToken)).Read(block, target);
        }

        set.Counters.AddBlockRows(target.Rows);
    }

    /// <summary>Closes the file of a shard that nobody reads any more.</summary>
    public void Close(int shard)
    {
        lock (_lock)
        {
            _opening.Remove(shard);
            if (_open.Remove(shard, out var file))
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Closes all files; nobody reads any more.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var file in _open.Values.Concat(_corrupt))
            {
                file.Dispose();
            }

            _opening.Clear();
            _open.Clear();
            _corrupt.Clear();
        }
    }

    private Task<BlockFile> OpenAsync(int shard, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_opening.TryGetValue(shard, out var file))
            {
                file = Task.Run(() => OpenFileAsync(shard, cancellationToken), cancellationToken);
                _opening.Add(shard, file);
            }

            return file;
        }
    }

    private async Task<BlockFile> OpenFileAsync(int shard, CancellationToken cancellationToken)
    {
        var file = await set.Cache.OpenAsync(set.Shards.Shards[shard], set.Data, set.Counters, cancellationToken);
        if (!IsOfProfile(file.Profile, set.Layouts[shard]))
        {
            file.Dispose();
            throw new DataChangedException($"The shard '{set.Shards.Shards[shard].Key}' has other rows or columns than the sweep's profile; start a new sweep.");
        }

        lock (_lock)
        {
            _open.Add(shard, file);
        }

        return file;
    }

    private void Discard(int shard, BlockFile file, CorruptBlockException reason)
    {
        lock (_lock)
        {
            // Another thread may have been faster; then the file in the cache is a new one already.
            if (_open.TryGetValue(shard, out var current) && current == file)
            {
                _open.Remove(shard);
                _opening.Remove(shard);
                _corrupt.Add(file);
                set.Cache.Discard(set.Shards.Shards[shard], set.Data, reason);
            }
        }
    }

    /// <summary>A sparse shard may lack the last columns.</summary>
    private bool IsOfProfile(ShardProfile found, ShardLayout layout) =>
        found.Blocks.SequenceEqual(layout.Blocks)
        && found.Features.SequenceEqual(found.IsSparse ? set.Profile.Features.Take(found.Features.Count) : set.Profile.Features)
        && layout.Categories.All(map => found.Columns[map.Column] is ColumnProfile.Category category && category.Categories.Count == map.MergedOfLocal.Count);
}
