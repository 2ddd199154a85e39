namespace CloudSweep.TestSupport.Store;

public abstract partial class SweepStoreContract
{
    [Fact]
    public async Task InsertRungDecision_Several_ComeBackBySequence()
    {
        await AddSweepsAsync("a", "b");

        await WriteAsync(transaction =>
        {
            transaction.InsertRungDecision(StoreSamples.Id("a"), StoreSamples.Decision(10, double.NegativeInfinity));
            transaction.InsertRungDecision(StoreSamples.Id("a"), StoreSamples.Decision(2, -0.0));
            transaction.InsertRungDecision(StoreSamples.Id("b"), StoreSamples.Decision(1));
        });

        Assert.Equal(
            StoreText.OfEach([StoreSamples.Decision(2, -0.0), StoreSamples.Decision(10, double.NegativeInfinity)]),
            StoreText.OfEach(await ReadAsync(view => view.ListRungDecisions(StoreSamples.Id("a")))));
        Assert.Empty(await ReadAsync(view => view.ListRungDecisions(StoreSamples.Id("c"))));
    }

    [Fact]
    public async Task InsertRungDecision_SequenceExists_IsRefused()
    {
        await AddSweepsAsync("a");
        await WriteAsync(transaction => transaction.InsertRungDecision(StoreSamples.Id("a"), StoreSamples.Decision(1)));

        await AssertRefusedAsync(transaction => transaction.InsertRungDecision(StoreSamples.Id("a"), StoreSamples.Decision(1, 0.7)));
    }

    [Fact]
    public async Task InsertRungDecision_UnknownSweep_IsRefused() =>
        await AssertRefusedAsync(transaction => transaction.InsertRungDecision(StoreSamples.Id("a"), StoreSamples.Decision(1)));
}
