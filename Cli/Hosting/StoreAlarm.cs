using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Hosting;

/// <summary>Tells once that the store can't be written.</summary>
internal sealed class StoreAlarm
{
    private readonly TaskCompletionSource<StoreUnavailableException> _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<StoreUnavailableException> Raised => _raised.Task;

    public void Raise(StoreUnavailableException reason) => _raised.TrySetResult(reason);
}
