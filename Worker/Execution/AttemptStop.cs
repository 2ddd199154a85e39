namespace CloudSweep.Worker.Execution;

/// <summary>Two tokens end an attempt: <see cref="Requested"/> asks it to save and return, <see cref="Forced"/> makes it return.</summary>
/// <param name="drain">When the Worker as a whole stops.</param>
internal sealed class AttemptStop(DrainWindow drain) : IDisposable
{
    private readonly CancellationTokenSource _forced = CancellationTokenSource.CreateLinkedTokenSource(drain.Expired);

    public CancellationToken Requested => drain.Stopping;

    public CancellationToken Forced => _forced.Token;

    public Task ForceAsync() => _forced.CancelAsync();

    public void Dispose() => _forced.Dispose();
}
