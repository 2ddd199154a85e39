using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports.Store;
using CloudSweep.TestSupport.Store;
using CsCheck;

namespace CloudSweep.Coordinator.Tests.Storage;

public sealed class SqliteModelTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public Task Write_AnyTransactions_LeavesTheSameAsTheMemoryStore() => StoreSteps.Transactions.Array[1, 40].SampleAsync(
        async transactions =>
        {
            using var folder = new StateFolder();
            using var model = new InMemorySweepStore();
            await using (var store = folder.Open())
            {
                foreach (var (steps, fails) in transactions.Prepend((StoreSteps.Beginning, false)))
                {
                    Assert.Equal(await RunAsync(model, steps, fails), await RunAsync(store, steps, fails));
                    Assert.Equal(await model.ReadAsync(StoreText.OfAll, None), await store.ReadAsync(StoreText.OfAll, None));
                }
            }

            await using var again = folder.Open();
            Assert.Equal(await model.ReadAsync(StoreText.OfAll, None), await again.ReadAsync(StoreText.OfAll, None));
        },
        iter: 60,
        print: transactions => string.Join('\n', transactions.Select(transaction => $"{string.Join("; ", transaction.Steps)}{(transaction.Fails ? "; fail" : "")}")));

    /// <summary>What the caller learns: the answers of the steps and what the transaction saw at its end, or the kind of failure.</summary>
    private static async Task<IReadOnlyList<string>> RunAsync(ISweepStore store, StoreStep[] steps, bool fails)
    {
        try
        {
            return await store.WriteAsync<IReadOnlyList<string>>(
                transaction =>
                {
                    var answers = steps.Select(step => step.Run(transaction)).ToArray();
                    return fails ? throw new ArithmeticException() : [.. answers, .. StoreText.OfAll(transaction)];
                },
                None);
        }
        catch (Exception exception) when (exception is ArithmeticException or InvalidOperationException)
        {
            return [exception.GetType().Name];
        }
    }
}
