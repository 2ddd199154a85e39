namespace CloudSweep.TestSupport.Store;

public abstract partial class SweepStoreContract
{
    [Fact]
    public async Task InsertShardProfile_Twice_KeepsTheFirst()
    {
        await AddSweepsAsync("a", "b");

        var first = await Store.WriteAsync(transaction => transaction.InsertShardProfile(StoreSamples.Id("a"), "k", "1"), None);
        var second = await Store.WriteAsync(transaction => transaction.InsertShardProfile(StoreSamples.Id("a"), "k", "2"), None);
        var otherCase = await Store.WriteAsync(transaction => transaction.InsertShardProfile(StoreSamples.Id("a"), "K", "3"), None);
        var otherSweep = await Store.WriteAsync(transaction => transaction.InsertShardProfile(StoreSamples.Id("b"), "k", "4"), None);

        Assert.Equal([true, false, true, true], [first, second, otherCase, otherSweep]);
        var profiles = await ReadAsync(view => view.ListShardProfiles(StoreSamples.Id("a")));
        Assert.Equal([("K", "3"), ("k", "1")], profiles.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(2, await ReadAsync(view => view.CountShardProfiles(StoreSamples.Id("a"))));
    }

    [Fact]
    public async Task ListShardProfiles_UnknownSweep_IsEmpty()
    {
        Assert.Empty(await ReadAsync(view => view.ListShardProfiles(StoreSamples.Id("a"))));
        Assert.Equal(0, await ReadAsync(view => view.CountShardProfiles(StoreSamples.Id("a"))));
        Assert.Empty(await ReadAsync(view => view.ListAttempts(StoreSamples.Id("a"))));
        Assert.Empty(await ReadAsync(view => view.ListRemarks(StoreSamples.Id("a"))));
    }

    [Fact]
    public async Task InsertShardProfile_UnknownSweep_IsRefused() =>
        await AssertRefusedAsync(transaction => transaction.InsertShardProfile(StoreSamples.Id("a"), "k", "1"));

    [Fact]
    public async Task AddRemark_SomeTwice_AreKeptOnceOldestFirst()
    {
        await AddSweepsAsync("a", "b");

        foreach (var remark in new[] { "z", "a", "z", "A" })
        {
            await WriteAsync(transaction => transaction.AddRemark(StoreSamples.Id("a"), remark));
        }

        await WriteAsync(transaction => transaction.AddRemark(StoreSamples.Id("b"), "z"));

        Assert.Equal(["z", "a", "A"], await ReadAsync(view => view.ListRemarks(StoreSamples.Id("a"))));
        Assert.Equal(["z"], await ReadAsync(view => view.ListRemarks(StoreSamples.Id("b"))));
    }

    [Fact]
    public async Task AddRemark_UnknownSweep_IsRefused() =>
        await AssertRefusedAsync(transaction => transaction.AddRemark(StoreSamples.Id("a"), "z"));
}
