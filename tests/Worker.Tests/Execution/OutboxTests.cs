using CloudSweep.Worker.Execution;
using CloudSweep.Worker.Execution.Coordination;

namespace CloudSweep.Worker.Tests.Execution;

public sealed class OutboxTests : IDisposable
{
    private readonly Outbox _outbox = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _outbox.Dispose();

    [Fact]
    public async Task Add_Full_WaitsUntilABatchIsSettled()
    {
        for (var i = 1; i <= Outbox.Capacity; i++)
        {
            await _outbox.AddAsync(Window(i), None);
        }

        var adding = _outbox.AddAsync(Window(Outbox.Capacity + 1), None);
        var waited = !adding.IsCompleted;
        _outbox.Settle(_outbox.Peek().Count);
        await adding.WaitAsync(TimeSpan.FromSeconds(10), None);

        Assert.True(waited);
    }

    [Fact]
    public void Add_FullAndCancelled_Throws()
    {
        for (var i = 1; i <= Outbox.Capacity; i++)
        {
            _outbox.Add(Window(i), None);
        }

        Assert.ThrowsAny<OperationCanceledException>(() => _outbox.Add(Window(0), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Peek_MoreThanABatch_TakesTheOldestOfABatch()
    {
        for (var i = 1; i <= Outbox.BatchSize + 1; i++)
        {
            _outbox.Add(Window(i), None);
        }

        var batch = _outbox.Peek();

        Assert.Equal(Enumerable.Range(1, Outbox.BatchSize).Select(Window), batch);
    }

    [Fact]
    public void Peek_Checkpoint_EndsTheBatch()
    {
        var checkpoint = new News.Checkpointed(new CheckpointRef("s/1/1-2", 2, 10));
        _outbox.Add(Window(1), None);
        _outbox.Add(checkpoint, None);
        _outbox.Add(Window(3), None);

        var first = _outbox.Peek();
        _outbox.Settle(first.Count);
        var second = _outbox.Peek();

        Assert.Equal([Window(1), checkpoint], first);
        Assert.Equal([Window(3)], second);
    }

    [Fact]
    public void Peek_NotSettled_GivesTheSameAgain()
    {
        _outbox.Add(Window(1), None);
        var first = _outbox.Peek();

        _outbox.Add(Window(2), None);

        Assert.Equal([.. first, Window(2)], _outbox.Peek());
    }

    private static News Window(int step) => new News.Measured(Some.Window(1, step));
}
