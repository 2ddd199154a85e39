using CloudSweep.Core.Domain;

namespace CloudSweep.TestSupport.Store;

public abstract partial class SweepStoreContract
{
    [Fact]
    public async Task FindSweep_EmptyStore_IsNull()
    {
        Assert.Null(await ReadAsync(view => view.FindSweep(StoreSamples.Id("a"))));
        Assert.Null(await ReadAsync(view => view.FindSweepByRequest("r")));
        Assert.Null(await ReadAsync(view => view.FindNewestSweep("i")));
        Assert.Empty(await ContentAsync());
    }

    [Fact]
    public async Task InsertSweep_EveryField_ComesBack()
    {
        var sweep = StoreSamples.FullSweep("a");
        await WriteAsync(transaction => transaction.InsertSweep(sweep));

        Assert.Equal(sweep, await ReadAsync(view => view.FindSweep(sweep.Id)));
        Assert.Equal(sweep, await ReadAsync(view => view.FindSweepByRequest(sweep.RequestId)));
        Assert.Equal([sweep], await ReadAsync(view => view.ListSweeps()));
    }

    [Fact]
    public async Task InsertSweep_InstantOfAnotherZone_IsTheSameInstant()
    {
        var createdAt = new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.FromHours(9));
        await WriteAsync(transaction => transaction.InsertSweep(StoreSamples.Sweep("a") with { CreatedAt = createdAt }));

        var sweep = await ReadAsync(view => view.FindSweep(StoreSamples.Id("a")));

        Assert.Equal(createdAt, sweep!.CreatedAt);
    }

    [Fact]
    public async Task InsertSweep_IdExists_IsRefused()
    {
        await AddSweepsAsync("a");

        await AssertRefusedAsync(transaction => transaction.InsertSweep(StoreSamples.Sweep("a", "another request")));
    }

    [Fact]
    public async Task InsertSweep_RequestExists_IsRefused()
    {
        await WriteAsync(transaction => transaction.InsertSweep(StoreSamples.Sweep("a", "r")));

        await AssertRefusedAsync(transaction => transaction.InsertSweep(StoreSamples.Sweep("b", "r")));
    }

    [Fact]
    public async Task InsertSweep_RequestDiffersInCase_IsAnother()
    {
        await WriteAsync(transaction => transaction.InsertSweep(StoreSamples.Sweep("a", "r")));
        await WriteAsync(transaction => transaction.InsertSweep(StoreSamples.Sweep("b", "R")));

        Assert.Equal(StoreSamples.Id("b"), (await ReadAsync(view => view.FindSweepByRequest("R")))!.Id);
    }

    [Fact]
    public async Task UpdateSweep_EveryChange_ComesBackWithTheNextRevision()
    {
        await AddSweepsAsync("a");
        var changed = StoreSamples.FullSweep("a") with { TrialCount = 9 };

        var returned = await Store.WriteAsync(transaction => transaction.UpdateSweep(changed), None);

        Assert.Equal(changed with { Revision = 2 }, returned);
        Assert.Equal(returned, await ReadAsync(view => view.FindSweep(changed.Id)));
    }

    [Fact]
    public async Task UpdateSweep_ValuesBecomeAbsent_AreAbsent()
    {
        await WriteAsync(transaction => transaction.InsertSweep(StoreSamples.FullSweep("a")));

        await WriteAsync(transaction => transaction.UpdateSweep(StoreSamples.Sweep("a")));

        Assert.Equal(StoreSamples.Sweep("a") with { Revision = 2 }, await ReadAsync(view => view.FindSweep(StoreSamples.Id("a"))));
    }

    [Fact]
    public async Task UpdateSweep_RecordOfAnOldRevision_RaisesTheStoredRevision()
    {
        await AddSweepsAsync("a");

        var returned = await Store.WriteAsync(
            transaction =>
            {
                transaction.UpdateSweep(StoreSamples.Sweep("a"));
                return transaction.UpdateSweep(StoreSamples.Sweep("a"));
            },
            None);

        Assert.Equal(3, returned.Revision);
    }

    [Fact]
    public async Task UpdateSweep_Unknown_IsRefused()
    {
        await AddSweepsAsync("a");

        await AssertRefusedAsync(transaction => transaction.UpdateSweep(StoreSamples.Sweep("b")));
    }

    [Fact]
    public async Task UpdateSweep_OneOfTwo_LeavesTheOther()
    {
        await AddSweepsAsync("a", "b");

        await WriteAsync(transaction => transaction.UpdateSweep(StoreSamples.FullSweep("a")));

        Assert.Equal(StoreSamples.Sweep("b"), await ReadAsync(view => view.FindSweep(StoreSamples.Id("b"))));
    }

    [Fact]
    public async Task ListSweeps_CreatedAtOneInstant_AreInReverseOrderOfInsertion()
    {
        await AddSweepsAsync("b", "c", "a");
        await WriteAsync(transaction => transaction.UpdateSweep(StoreSamples.Sweep("b")));

        var names = await ReadAsync(view => view.ListSweeps().Select(sweep => sweep.Name).ToList());

        Assert.Equal(["a", "c", "b"], names);
    }

    [Fact]
    public async Task ListOpenSweeps_EveryState_HasTheOpenOnesOldestFirst()
    {
        await WriteAsync(transaction =>
        {
            foreach (var state in Enum.GetValues<SweepState>().Reverse())
            {
                transaction.InsertSweep(StoreSamples.Sweep(state.ToString(), state: state));
            }
        });

        var open = await ReadAsync(view => view.ListOpenSweeps().Select(sweep => sweep.State).ToList());

        Assert.Equal([SweepState.Paused, SweepState.Running, SweepState.Preparing], open);
    }

    [Fact]
    public async Task FindNewestSweep_SeveralOfOneIdentity_IsTheLastInserted()
    {
        await WriteAsync(transaction =>
        {
            transaction.InsertSweep(StoreSamples.Sweep("b", identity: "x"));
            transaction.InsertSweep(StoreSamples.Sweep("a", identity: "x"));
            transaction.InsertSweep(StoreSamples.Sweep("c", identity: "y"));
        });

        Assert.Equal("a", (await ReadAsync(view => view.FindNewestSweep("x")))!.Name);
        Assert.Null(await ReadAsync(view => view.FindNewestSweep("z")));
    }
}
