using CloudSweep.Core.Ports.Store;

namespace CloudSweep.TestSupport.Store;

/// <summary>A transaction that does its work and then stays open until the test opens the gate.</summary>
internal sealed class WriterGate : IAsyncDisposable
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _isOpen = new();
    private readonly Task _writing;

    public WriterGate(ISweepStore store, Action<IStoreTransaction>? work = null) => _writing = Task.Run(() => store.WriteAsync(
        transaction =>
        {
            work?.Invoke(transaction);
            _entered.TrySetResult();
            _isOpen.Wait(TestContext.Current.CancellationToken);
            return true;
        },
        TestContext.Current.CancellationToken));

    public Task EnteredAsync() => _entered.Task;

    public void Open() => _isOpen.Set();

    public Task LeftAsync() => _writing;

    public async ValueTask DisposeAsync()
    {
        Open();
        await _writing;
        _isOpen.Dispose();
    }
}
