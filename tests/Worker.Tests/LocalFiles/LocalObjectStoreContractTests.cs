using CloudSweep.Core.Ports.Objects;
using CloudSweep.LocalFiles;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Objects;

namespace CloudSweep.Worker.Tests.LocalFiles;

public sealed class LocalObjectStoreContractTests : ObjectStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LocalObjectStoreContractTests() => Store = new LocalObjectStore(_folder["store"]);

    protected override IObjectStore Store { get; }

    public void Dispose() => _folder.Dispose();
}
