using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.TestSupport.Objects;

namespace CloudSweep.Core.Tests.InMemory;

public sealed class InMemoryObjectStoreTests : ObjectStoreContract
{
    protected override IObjectStore Store { get; } = new InMemoryObjectStore();
}
