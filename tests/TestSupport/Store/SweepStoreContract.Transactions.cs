using CloudSweep.Core.Ports.Store;

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
                FillWithEverything(transaction);
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
            FillWithEverything(transaction);
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

    /// <summary>Uses every method that inserts.</summary>
    private static void FillWithEverything(IStoreTransaction transaction)
    {
        transaction.InsertSweep(StoreSamples.Sweep("a"));
        transaction.UpdateSweep(StoreSamples.FullSweep("a"));
        transaction.InsertTrials(StoreSamples.Id("a"), [StoreSamples.FullTrial("a", 1), StoreSamples.Trial("a", 2, job: 1)]);
        transaction.InsertJobs([StoreSamples.Job("a", 1), StoreSamples.FullJob("a", 2)]);
        transaction.InsertMeasurement(StoreSamples.Id("a"), StoreSamples.Evaluation(1, 10, double.NaN));
        transaction.InsertMeasurement(StoreSamples.Id("a"), StoreSamples.LossWindow(1, 10));
        transaction.InsertShardProfile(StoreSamples.Id("a"), "k", "{}");
        transaction.PutAttempt(StoreSamples.Attempt("a", 1, 1));
        transaction.PutCheckpoint(StoreSamples.Checkpoint("a", 1, 1, 10));
        transaction.PutCheckpoint(StoreSamples.Checkpoint("a", 1, 1, 9, isObsolete: true));
        transaction.AddRemark(StoreSamples.Id("a"), "look here");
    }
}
