using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports.Store;
using CloudSweep.TestSupport.Store;

namespace CloudSweep.Core.Tests.InMemory;

public sealed class InMemorySweepStoreTests : SweepStoreContract, IDisposable
{
    private readonly InMemorySweepStore _store = new();

    protected override ISweepStore Store => _store;

    public void Dispose() => _store.Dispose();
}
