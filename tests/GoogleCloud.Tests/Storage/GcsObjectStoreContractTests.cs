using CloudSweep.Core.Ports.Objects;
using CloudSweep.TestSupport.Objects;

namespace CloudSweep.GoogleCloud.Tests.Storage;

public sealed class GcsObjectStoreContractTests : ObjectStoreContract, IAsyncLifetime
{
    private BucketOnEmulator _bucket = null!;
    private IObjectStore _store = null!;

    protected override IObjectStore Store => _store;

    public async ValueTask InitializeAsync()
    {
        _bucket = await BucketOnEmulator.StartAsync();
        _store = _bucket.Open(BucketOnEmulator.SmallPieces);
    }

    public ValueTask DisposeAsync() => _bucket.DisposeAsync();
}
