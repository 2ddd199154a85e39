using CloudSweep.Coordinator.Storage;
using CloudSweep.Core.Ports.Store;
using CloudSweep.TestSupport.Store;

namespace CloudSweep.Coordinator.Tests.Storage;

public sealed class SqliteSweepStoreTests : SweepStoreContract, IAsyncDisposable
{
    private readonly StateFolder _folder = new();
    private readonly SqliteSweepStore _store;

    public SqliteSweepStoreTests() => _store = _folder.Open();

    protected override ISweepStore Store => _store;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }
}
