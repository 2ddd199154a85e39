namespace CloudSweep.Worker.Data.Rows;

/// <summary>Reads and decodes several blocks at once, by threads of the pool. Used by one caller at a time.</summary>
internal sealed class BlockReaders(DataSet set) : IDisposable
{
    private readonly OpenShards _shards = new(set);
    private readonly SemaphoreSlim _slots = new(set.Threads);
    private readonly Lock _lock = new();
    private readonly List<(BlockDecoder Decoder, int Shard, int Block)> _idle = [];
    private Task _before = Task.CompletedTask;
    private (int Shard, int Block, Task Decoding) _last = (-1, -1, Task.CompletedTask);

    // Cancelled when a block could not be read: nobody needs the others then.
    private readonly CancellationTokenSource _failed = new();

    /// <summary>Begins to read and decode blocks, when those of earlier calls leave threads to do it.</summary>
    /// <param name="runs">Rows of blocks, no block twice.</param>
    /// <param name="decode">May run for several blocks at once, each with a decoder that holds its block.</param>
    /// <param name="cancellationToken">Ends the beginning and the reading.</param>
    /// <returns>Ends when the last block has begun; its result when all blocks, those of earlier calls included, are done; where one could not be read the others end too.</returns>
    public async Task<Task> BeginAsync(IReadOnlyList<BlockRun> runs, Action<BlockRun, BlockDecoder> decode, CancellationToken cancellationToken)
    {
        var (last, tasks) = (_last, new List<Task>(runs.Count + 1) { _before });

        // The first block is often the last of the call before: it is there by the time that the others have begun, and need not be read again.
        foreach (var run in runs.Skip(1).Concat(runs.Take(1)))
        {
            await _slots.WaitAsync(cancellationToken);
            if (_failed.IsCancellationRequested)
            {
                _slots.Release();
                break;
            }

            var decoding = Task.Run(() => DecodeAsync(run, runs, last, decode, cancellationToken), CancellationToken.None);
            tasks.Add(decoding);
            if (run == runs[^1])
            {
                _last = (run.Shard, run.Block, decoding);
            }
        }

        return _before = Task.WhenAll(tasks);
    }

    public void Close(int shard) => _shards.Close(shard);

    /// <summary>Waits for blocks that are being decoded.</summary>
    public void Dispose()
    {
        for (var slot = 0; slot < set.Threads; slot++)
        {
            _slots.Wait();
        }

        foreach (var (decoder, _, _) in _idle)
        {
            decoder.Dispose();
        }

        _idle.Clear();
        _shards.Dispose();
        _slots.Dispose();
        _failed.Dispose();
    }

    private async Task DecodeAsync(
        BlockRun run, IReadOnlyList<BlockRun> runs, (int Shard, int Block, Task Decoding) last, Action<BlockRun, BlockDecoder> decode, CancellationToken cancellationToken)
    {
        var held = (Shard: -1, Block: -1);
        BlockDecoder? decoder = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _failed.Token);
        try
        {
            if ((last.Shard, last.Block) == (run.Shard, run.Block))
            {
                await Task.WhenAny(last.Decoding);
            }

            (decoder, var isLoaded) = Rent(run, runs);
            if (!isLoaded)
            {
                await _shards.ReadAsync(run.Shard, run.Block, decoder.Block, stop.Token);
            }

            held = (run.Shard, run.Block);
            decode(run, decoder);
        }
        catch
        {
            await _failed.CancelAsync();
            throw;
        }
        finally
        {
            if (decoder is not null)
            {
                Return(decoder, held);
            }

            _slots.Release();
        }
    }

    private void Return(BlockDecoder decoder, (int Shard, int Block) held)
    {
        lock (_lock)
        {
            _idle.Add((decoder, held.Shard, held.Block));
        }
    }

    // Who comes for another block leaves those alone that two calls share.
    private (BlockDecoder Decoder, bool IsLoaded) Rent(BlockRun run, IReadOnlyList<BlockRun> runs)
    {
        lock (_lock)
        {
            var found = _idle.FindIndex(idle => Holds(idle, run));
            var index = found >= 0 ? found : _idle.FindIndex(idle => !Holds(idle, runs[0]) && !Holds(idle, runs[^1]));
            if (index < 0)
            {
                return (new BlockDecoder(set), false);
            }

            var decoder = _idle[index].Decoder;
            _idle.RemoveAt(index);
            return (decoder, found >= 0);
        }
    }

    private static bool Holds((BlockDecoder Decoder, int Shard, int Block) idle, BlockRun run) => (idle.Shard, idle.Block) == (run.Shard, run.Block);
}
