namespace CloudSweep.Coordinator.Application;

/// <summary>Wakes whoever waits for something to change, after a commit. A signal tells nothing but "look again".</summary>
internal sealed class SweepChanges
{
    private volatile TaskCompletionSource _next = NewSignal();

    /// <summary>Completes at the next signal. Take it before looking, so that no change is missed.</summary>
    public Task Next => _next.Task;

    public void Signal() => Interlocked.Exchange(ref _next, NewSignal()).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
