namespace CloudSweep.TestSupport.Store;

public abstract partial class SweepStoreContract
{
    [Fact]
    public async Task Write_ManyAtOnce_AllLand()
    {
        var names = Enumerable.Range(0, 100).Select(number => $"s{number:D3}").ToArray();

        await Task.WhenAll(names.Select(name => Task.Run(() => AddSweepsAsync(name), None)));

        var stored = await ReadAsync(view => view.ListSweeps().Select(sweep => sweep.Name).ToList());
        Assert.Equal(names, stored.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Write_ManyChangeOneRecord_LosesNoUpdate()
    {
        await AddSweepsAsync("a");

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(
            () => WriteAsync(transaction =>
            {
                var sweep = transaction.FindSweep(StoreSamples.Id("a"))!;
                transaction.UpdateSweep(sweep with { OpenJobs = sweep.OpenJobs + 1 });
            }),
            None)));

        var sweep = await ReadAsync(view => view.FindSweep(StoreSamples.Id("a")));
        Assert.Equal((100, 101L), (sweep!.OpenJobs, sweep.Revision));
    }

    [Fact]
    public async Task Write_OneRequestFromMany_IsAcceptedOnce()
    {
        var attempts = Enumerable.Range(0, 20).Select(number => Task.Run(
            () => WriteAsync(transaction => transaction.InsertSweep(StoreSamples.Sweep($"s{number}", "r"))), None)).ToArray();

        await Task.WhenAll(attempts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Assert.Equal(1, attempts.Count(attempt => attempt.IsCompletedSuccessfully));
        Assert.All(attempts.Where(attempt => attempt.IsFaulted), attempt => Assert.IsType<InvalidOperationException>(attempt.Exception!.InnerException));
        Assert.Single(await ReadAsync(view => view.ListSweeps()));
    }

    [Fact]
    public async Task Write_SomeOfManyThrow_OnlyTheOthersLand()
    {
        await using var gate = new WriterGate(Store);
        await gate.EnteredAsync();
        var writes = Enumerable.Range(0, 20).Select(number => Task.Run(
            () => WriteAsync(transaction =>
            {
                transaction.InsertSweep(StoreSamples.Sweep($"s{number:D2}"));
                if (number % 3 == 0)
                {
                    throw new ArithmeticException();
                }
            }),
            None)).ToArray();
        gate.Open();

        await Task.WhenAll(writes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Assert.Equal(Enumerable.Range(0, 20).Select(number => number % 3 == 0), writes.Select(write => write.IsFaulted));
        var stored = await ReadAsync(view => view.ListSweeps().Select(sweep => sweep.Name).ToList());
        Assert.Equal(Enumerable.Range(0, 20).Where(number => number % 3 != 0).Select(number => $"s{number:D2}"), stored.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Read_WhileAWriteIsUnfinished_DoesNotSeeIt()
    {
        await using var gate = new WriterGate(Store, transaction => transaction.InsertSweep(StoreSamples.Sweep("a")));
        await gate.EnteredAsync();

        Assert.Empty(await ContentAsync());

        gate.Open();
        await gate.LeftAsync();
        Assert.NotEmpty(await ContentAsync());
    }

    [Fact]
    public async Task Read_WriteInBetween_SeesOneSnapshot()
    {
        await AddSweepsAsync("a");
        var hasRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var hasWritten = new ManualResetEventSlim();

        var read = Task.Run(
            () => ReadAsync(view =>
            {
                var before = StoreText.OfAll(view);
                hasRead.SetResult();
                hasWritten.Wait(None);
                return (before, StoreText.OfAll(view));
            }),
            None);
        await hasRead.Task;
        await AddSweepsAsync("b");
        hasWritten.Set();

        var (first, second) = await read;
        Assert.Equal(first, second);
        Assert.NotEqual(second, await ContentAsync());
    }

    [Fact]
    public async Task Write_CancelledWhileItWaits_GivesUpAndDoesNotRun()
    {
        using var cancellation = new CancellationTokenSource();
        await using var gate = new WriterGate(Store);
        await gate.EnteredAsync();
        var waiting = Store.WriteAsync(
            transaction =>
            {
                transaction.InsertSweep(StoreSamples.Sweep("a"));
                return true;
            },
            cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(20), None));
        gate.Open();
        await gate.LeftAsync();
        await WriteAsync(_ => { });
        Assert.Empty(await ContentAsync());
    }
}
