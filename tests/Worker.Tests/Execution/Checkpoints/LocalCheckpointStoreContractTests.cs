using CloudSweep.Core.Ports;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Checkpoints;
using CloudSweep.Worker.Execution.Checkpoints;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Tests.Execution.Checkpoints;

public sealed class LocalCheckpointStoreContractTests : CheckpointStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LocalCheckpointStoreContractTests() =>
        Store = new LocalCheckpointStore(Options.Create(new CheckpointOptions { Directory = _folder["store"] }));

    protected override ICheckpointStore Store { get; }

    public void Dispose() => _folder.Dispose();
}
