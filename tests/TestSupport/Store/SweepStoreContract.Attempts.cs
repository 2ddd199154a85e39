namespace CloudSweep.TestSupport.Store;

public abstract partial class SweepStoreContract
{
    [Fact]
    public async Task PutAttempt_New_ComesBack()
    {
        var attempt = StoreSamples.Attempt("a", 1, 5_000_000_000);
        await AddSweepsAsync("a");

        await WriteAsync(transaction => transaction.PutAttempt(attempt));

        Assert.Equal(attempt, await ReadAsync(view => view.FindAttempt(attempt.Job, attempt.FencingToken)));
        Assert.Null(await ReadAsync(view => view.FindAttempt(attempt.Job, 1)));
        Assert.Null(await ReadAsync(view => view.FindAttempt(StoreSamples.JobOf("b", 1), attempt.FencingToken)));
    }

    [Fact]
    public async Task PutAttempt_SameJobAndToken_Replaces()
    {
        await AddSweepsAsync("a");
        await WriteAsync(transaction => transaction.PutAttempt(StoreSamples.Attempt("a", 1, 1, laneRows: 4)));

        await WriteAsync(transaction => transaction.PutAttempt(StoreSamples.Attempt("a", 1, 1, laneRows: 5)));

        Assert.Equal([StoreSamples.Attempt("a", 1, 1, laneRows: 5)], await ReadAsync(view => view.ListAttempts(StoreSamples.Id("a"))));
    }

    [Fact]
    public async Task ListAttempts_PutInAnyOrder_AreByJobAndToken()
    {
        await AddSweepsAsync("a", "b");
        await WriteAsync(transaction =>
        {
            transaction.PutAttempt(StoreSamples.Attempt("a", 2, 1));
            transaction.PutAttempt(StoreSamples.Attempt("a", 1, 10));
            transaction.PutAttempt(StoreSamples.Attempt("a", 1, 9));
            transaction.PutAttempt(StoreSamples.Attempt("b", 1, 1));
        });

        var attempts = await ReadAsync(view => view.ListAttempts(StoreSamples.Id("a")).Select(attempt => (attempt.Job.Number, attempt.FencingToken)).ToList());

        Assert.Equal([(1, 9L), (1, 10L), (2, 1L)], attempts);
    }

    [Fact]
    public async Task PutAttempt_UnknownJob_IsRefused()
    {
        await AddSweepsAsync("a");

        await AssertRefusedAsync(transaction => transaction.PutAttempt(StoreSamples.Attempt("a", 4, 1)));
        await AssertRefusedAsync(transaction => transaction.PutAttempt(StoreSamples.Attempt("b", 1, 1)));
    }
}
