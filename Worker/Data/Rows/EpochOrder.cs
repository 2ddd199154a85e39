using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>
/// The order of training rows in an epoch: a pure function of (order seed, epoch, layout). Shards are permuted, 8 at a time give
/// their blocks in turn, and the rows that arrive are permuted within windows of 65,536.
/// </summary>
internal sealed class EpochOrder
{
    /// <summary>Rows of a window; a constant of the numerics.</summary>
    public const int WindowRows = FeatureLayout.WindowRows;

    /// <summary>Shards that give blocks in turn; a constant of the numerics.</summary>
    public const int OpenShards = 8;

    private readonly long _seed;
    private readonly int _epoch;
    private readonly List<BlockRun> _runs = [];

    public EpochOrder(IReadOnlyList<ShardLayout> shards, long orderSeed, int epoch)
    {
        _seed = orderSeed;
        _epoch = epoch;
        TrainRows = AddRuns(shards);
    }

    public long TrainRows { get; }

    public int WindowCount => (int)((TrainRows + WindowRows - 1) / WindowRows);

    /// <summary>Blocks with training rows in order of arrival.</summary>
    public IReadOnlyList<BlockRun> Runs => _runs;

    public int RowsOf(int window) => (int)Math.Min(WindowRows, TrainRows - ((long)window * WindowRows));

    /// <summary>Rank of arrival in the window for each position of the training order.</summary>
    public void FillPermutation(int window, Span<int> target) =>
        KeyedPermutation.Fill(target[..RowsOf(window)], _seed, RandomPurpose.WindowOrder, _epoch, (long)window * WindowRows);

    /// <summary>The blocks that hold a window's rows; the first and last may belong to its neighbours in part.</summary>
    public IEnumerable<BlockRun> RunsOf(int window)
    {
        var first = (long)window * WindowRows;
        var end = first + RowsOf(window);
        for (var i = IndexOfRunAt(first); i < _runs.Count && _runs[i].FirstRow < end; i++)
        {
            yield return _runs[i];
        }
    }

    private int IndexOfRunAt(long row)
    {
        var low = 0;
        var high = _runs.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _runs[middle].FirstRow <= row ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private long AddRuns(IReadOnlyList<ShardLayout> shards)
    {
        var permuted = new int[shards.Count];
        KeyedPermutation.Fill(permuted, _seed, RandomPurpose.ShardOrder, _epoch, 0);
        var waiting = new Queue<int>(permuted);
        var open = new List<(int Shard, int Block)>();
        var rows = 0L;
        var turn = 0;
        while (waiting.Count > 0 || open.Count > 0)
        {
            while (open.Count < OpenShards && waiting.TryDequeue(out var shard))
            {
                open.Add((shard, 0));
            }

            turn = turn >= open.Count ? 0 : turn;
            var (current, block) = open[turn];
            var blocks = shards[current].Blocks;
            if (block < blocks.Count && blocks[block].TrainRows > 0)
            {
                _runs.Add(new BlockRun(current, block, rows, blocks[block].TrainRows));
                rows += blocks[block].TrainRows;
            }

            turn = Advance(open, turn, blocks.Count, waiting);
        }

        return rows;
    }

    /// <summary>Turns to the next shard; a finished one gives its place to the next that waits.</summary>
    private static int Advance(List<(int Shard, int Block)> open, int turn, int blocks, Queue<int> waiting)
    {
        var (shard, block) = open[turn];
        if (block + 1 < blocks)
        {
            open[turn] = (shard, block + 1);
            return turn + 1;
        }

        if (waiting.TryDequeue(out var next))
        {
            open[turn] = (next, 0);
            return turn + 1;
        }

        open.RemoveAt(turn);
        return turn;
    }
}
