namespace CloudSweep.Worker.Data.Rows;

/// <summary>Reads and decodes several blocks at once, by threads of the pool.</summary>
internal sealed class BlockReaders(DataSet set) : IDisposable
{
    private readonly OpenShards _shards = new(set);
    private readonly Lock _lock = new();
    private readonly List<(BlockDecoder Decoder, int Shard, int Block)> _idle = [];

    /// <summary>Reads each block and decodes it; returns when all are done.</summary>
    /// <param name="decode">May run for several blocks at once, each with a decoder that holds its block.</param>
    public Task DecodeAsync(IReadOnlyList<BlockRun> runs, Action<BlockRun, BlockDecoder> decode, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            runs,
            new ParallelOptions { MaxDegreeOfParallelism = set.Threads, CancellationToken = cancellationToken },
            async (run, token) =>
            {
                var (decoder, isLoaded) = Rent(run, runs[0]);
                var held = (Shard: -1, Block: -1);
                try
                {
                    if (!isLoaded)
                    {
                        await _shards.ReadAsync(run.Shard, run.Block, decoder.Block, token);
                    }

                    held = (run.Shard, run.Block);
                    decode(run, decoder);
                }
                finally
                {
                    lock (_lock)
                    {
                        _idle.Add((decoder, held.Shard, held.Block));
                    }
                }
            });

    public void Close(int shard) => _shards.Close(shard);

    public void Dispose()
    {
        foreach (var (decoder, _, _) in _idle)
        {
            decoder.Dispose();
        }

        _idle.Clear();
        _shards.Dispose();
    }

    // The last block of a window is often the first of the next; who comes for another leaves its decoder alone.
    private (BlockDecoder Decoder, bool IsLoaded) Rent(BlockRun run, BlockRun first)
    {
        lock (_lock)
        {
            var found = _idle.FindIndex(idle => (idle.Shard, idle.Block) == (run.Shard, run.Block));
            var index = found >= 0 ? found : _idle.FindIndex(idle => (idle.Shard, idle.Block) != (first.Shard, first.Block));
            if (index < 0)
            {
                return (new BlockDecoder(set), false);
            }

            var decoder = _idle[index].Decoder;
            _idle.RemoveAt(index);
            return (decoder, found >= 0);
        }
    }
}
