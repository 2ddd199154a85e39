namespace CloudSweep.TestSupport.Store;

public abstract partial class SweepStoreContract
{
    [Fact]
    public async Task Write_WorkReturns_GivesItsValue() =>
        Assert.Equal("value", await Store.WriteAsync(_ => "value", None));

    [Fact]
    public async Task Write_OwnWrites_AreSeenInside()
    {
        var inside = await Store.WriteAsync(
            transaction =>
            {
                StoreSamples.InsertEverything(transaction);
                return StoreText.OfAll(transaction);
            },
            None);

        Assert.NotEmpty(inside);
        Assert.Equal(inside, await ContentAsync());
    }

    [Fact]
    public async Task Write_WorkThrows_ChangesNothingAndThrowsTheSame()
    {
        await AddSweepsAsync("b");
        var before = await ContentAsync();
        var failure = new ArithmeticException("of the test");

        var thrown = await Assert.ThrowsAsync<ArithmeticException>(() => WriteAsync(transaction =>
        {
            StoreSamples.InsertEverything(transaction);
            transaction.UpdateSweep(StoreSamples.FullSweep("b"));
            transaction.UpdateJob(StoreSamples.FullJob("b", 1));
            throw failure;
        }));

        Assert.Same(failure, thrown);
        Assert.Equal(before, await ContentAsync());
    }

    [Fact]
    public async Task Write_WorkThrowsCancellationOfItsOwn_ThrowsTheSame()
    {
        var failure = new OperationCanceledException("of the test");

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WriteAsync(_ => throw failure));

        Assert.Same(failure, thrown);
    }

    [Fact]
    public async Task Write_AfterAFailedOne_Works()
    {
        await Assert.ThrowsAsync<ArithmeticException>(() => WriteAsync(_ => throw new ArithmeticException()));

        await AddSweepsAsync("a");

        Assert.NotNull(await ReadAsync(view => view.FindSweep(StoreSamples.Id("a"))));
    }

    [Fact]
    public async Task Write_CancelledBefore_DoesNotRun()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var hasRun = false;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteAsync(_ => hasRun = true, cancelled.Token));

        Assert.False(hasRun);
    }

    [Fact]
    public async Task Write_CancelledWhileItRuns_IsCarriedOut()
    {
        using var cancellation = new CancellationTokenSource();

        await Store.WriteAsync(
            transaction =>
            {
                cancellation.Cancel();
                transaction.InsertSweep(StoreSamples.Sweep("a"));
                return true;
            },
            cancellation.Token);

        Assert.NotNull(await ReadAsync(view => view.FindSweep(StoreSamples.Id("a"))));
    }

    [Fact]
    public async Task Read_CancelledBefore_DoesNotRun()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var hasRun = false;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync(_ => hasRun = true, cancelled.Token));

        Assert.False(hasRun);
    }

    [Fact]
    public async Task Read_WorkThrows_ThrowsTheSameAndReadsGoOn()
    {
        var failure = new ArithmeticException("of the test");

        var thrown = await Assert.ThrowsAsync<ArithmeticException>(() => ReadAsync<bool>(_ => throw failure));

        Assert.Same(failure, thrown);
        Assert.Empty(await ContentAsync());
    }
}
