using CloudSweep.Core.Ports;
using CloudSweep.TestSupport.Checkpoints;
using CloudSweep.Worker.Execution.Checkpoints;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Tests.Execution.Checkpoints;

public sealed class LocalCheckpointStoreContractTests : CheckpointStoreContract, IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("cloudsweep-checkpoints-").FullName;

    public LocalCheckpointStoreContractTests() =>
        Store = new LocalCheckpointStore(Options.Create(new CheckpointOptions { Directory = Path.Combine(_parent, "store") }));

    protected override ICheckpointStore Store { get; }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
