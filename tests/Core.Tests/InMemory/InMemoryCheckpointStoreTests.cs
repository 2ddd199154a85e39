using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports;
using CloudSweep.TestSupport.Checkpoints;

namespace CloudSweep.Core.Tests.InMemory;

public sealed class InMemoryCheckpointStoreTests : CheckpointStoreContract
{
    protected override ICheckpointStore Store { get; } = new InMemoryCheckpointStore();
}
