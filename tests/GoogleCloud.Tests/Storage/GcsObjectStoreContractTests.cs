using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.TestSupport.Objects;

namespace CloudSweep.GoogleCloud.Tests.Storage;

/// <summary>With ranges and chunks so small that objects of some megabytes have many.</summary>
public class GcsObjectStoreContractTests : ObjectStoreContract, IAsyncLifetime
{
    private BucketOnEmulator _bucket = null!;
    private IObjectStore _store = null!;

    protected override IObjectStore Store => _store;

    private protected virtual CloudStorageOptions Options => BucketOnEmulator.SmallPieces;

    public async ValueTask InitializeAsync()
    {
        _bucket = await BucketOnEmulator.StartAsync();
        _store = _bucket.Open(Options);
    }

    public async ValueTask DisposeAsync()
    {
        await _bucket.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
