namespace CloudSweep.TestSupport.Store;

public abstract partial class SweepStoreContract
{
    [Fact]
    public async Task PutCheckpoint_New_ComesBack()
    {
        var checkpoint = StoreSamples.Checkpoint("a", 1, 5_000_000_000, 5_000_000_001);
        await AddSweepsAsync("a");

        await WriteAsync(transaction => transaction.PutCheckpoint(checkpoint));

        Assert.Equal([checkpoint], await ReadAsync(view => view.ListCheckpoints(checkpoint.Job)));
        Assert.Empty(await ReadAsync(view => view.ListCheckpoints(StoreSamples.JobOf("a", 2))));
        Assert.Empty(await ReadAsync(view => view.ListCheckpoints(StoreSamples.JobOf("b", 1))));
    }

    [Fact]
    public async Task PutCheckpoint_SameName_Replaces()
    {
        var checkpoint = StoreSamples.Checkpoint("a", 1, 1, 2);
        await AddSweepsAsync("a");
        await WriteAsync(transaction => transaction.PutCheckpoint(checkpoint));

        await WriteAsync(transaction => transaction.PutCheckpoint(checkpoint with { IsObsolete = true, SizeBytes = 3 }));

        Assert.Equal([checkpoint with { IsObsolete = true, SizeBytes = 3 }], await ReadAsync(view => view.ListCheckpoints(checkpoint.Job)));
    }

    [Fact]
    public async Task PutCheckpoint_ModelOfATrial_ComesBackWithItsTrial()
    {
        var model = StoreSamples.Checkpoint("a", 1, 1, 2) with { Trial = 5 };
        await AddSweepsAsync("a");

        await WriteAsync(transaction => transaction.PutCheckpoint(model));

        Assert.Equal([model], await ReadAsync(view => view.ListCheckpoints(model.Job)));
    }

    [Fact]
    public async Task PutCheckpoint_SameNameAtAnotherSweep_Replaces()
    {
        var checkpoint = StoreSamples.Checkpoint("a", 1, 1, 2);
        await AddSweepsAsync("a", "b");
        await WriteAsync(transaction => transaction.PutCheckpoint(checkpoint));

        await WriteAsync(transaction => transaction.PutCheckpoint(checkpoint with { Job = StoreSamples.JobOf("b", 1) }));

        Assert.Empty(await ReadAsync(view => view.ListCheckpoints(StoreSamples.JobOf("a", 1))));
        Assert.Single(await ReadAsync(view => view.ListCheckpoints(StoreSamples.JobOf("b", 1))));
    }

    [Fact]
    public async Task PutCheckpoint_UnknownJob_IsRefused()
    {
        await AddSweepsAsync("a");

        await AssertRefusedAsync(transaction => transaction.PutCheckpoint(StoreSamples.Checkpoint("a", 4, 1, 1)));
        await AssertRefusedAsync(transaction => transaction.PutCheckpoint(StoreSamples.Checkpoint("b", 1, 1, 1)));
    }

    [Fact]
    public async Task ListCheckpoints_PutInAnyOrder_AreByPosition()
    {
        await AddSweepsAsync("a");
        await WriteAsync(transaction =>
        {
            transaction.PutCheckpoint(StoreSamples.Checkpoint("a", 1, 1, 10));
            transaction.PutCheckpoint(StoreSamples.Checkpoint("a", 1, 3, 9));
            transaction.PutCheckpoint(StoreSamples.Checkpoint("a", 1, 2, 9));
            transaction.PutCheckpoint(StoreSamples.Checkpoint("a", 2, 1, 1));
        });

        var checkpoints = await ReadAsync(view => view.ListCheckpoints(StoreSamples.JobOf("a", 1)).Select(checkpoint => (checkpoint.Position, checkpoint.FencingToken)).ToList());

        Assert.Equal([(9L, 2L), (9L, 3L), (10L, 1L)], checkpoints);
    }

    [Fact]
    public async Task ListObsoleteCheckpoints_SeveralSweeps_HasTheFirstByName()
    {
        await AddSweepsAsync("b", "a");
        await WriteAsync(transaction =>
        {
            transaction.PutCheckpoint(StoreSamples.Checkpoint("b", 1, 1, 1, isObsolete: true));
            transaction.PutCheckpoint(StoreSamples.Checkpoint("a", 1, 1, 3, isObsolete: true));
            transaction.PutCheckpoint(StoreSamples.Checkpoint("a", 1, 1, 2, isObsolete: true));
            transaction.PutCheckpoint(StoreSamples.Checkpoint("a", 1, 1, 1));
        });

        Assert.Equal(
            [StoreSamples.Checkpoint("a", 1, 1, 2, isObsolete: true), StoreSamples.Checkpoint("a", 1, 1, 3, isObsolete: true)],
            await ReadAsync(view => view.ListObsoleteCheckpoints(2)));
        Assert.Equal(3, (await ReadAsync(view => view.ListObsoleteCheckpoints(10))).Count);
    }

    [Fact]
    public async Task DeleteCheckpoint_OneOfTwo_LeavesTheOther()
    {
        var (gone, kept) = (StoreSamples.Checkpoint("a", 1, 1, 1), StoreSamples.Checkpoint("a", 1, 1, 2));
        await AddSweepsAsync("a");
        await WriteAsync(transaction =>
        {
            transaction.PutCheckpoint(gone);
            transaction.PutCheckpoint(kept);
        });

        await WriteAsync(transaction => transaction.DeleteCheckpoint(gone.Name));

        Assert.Equal([kept], await ReadAsync(view => view.ListCheckpoints(kept.Job)));
    }

    [Fact]
    public async Task DeleteCheckpoint_Unknown_ChangesNothing()
    {
        await AddSweepsAsync("a");
        var before = await ContentAsync();

        await WriteAsync(transaction => transaction.DeleteCheckpoint("a/1/1-1"));

        Assert.Equal(before, await ContentAsync());
    }
}
