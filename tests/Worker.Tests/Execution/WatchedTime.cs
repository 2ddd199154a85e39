using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace CloudSweep.Worker.Tests.Execution;

/// <summary>Fake time that tells which waits have begun, so that a test moves it only when somebody waits for it.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(System.GetUtcNow())
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _timers = [];
    private readonly Channel<bool> _changed = Channel.CreateUnbounded<bool>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_lock)
        {
            _timers.Add(dueTime);
        }

        _changed.Writer.TryWrite(true);
        return timer;
    }

    /// <summary>Waits until somebody waits for exactly this time, once per call.</summary>
    public async Task WaitForTimerAsync(TimeSpan dueTime)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!TryTake(dueTime))
        {
            await _changed.Reader.ReadAsync(patience.Token);
        }
    }

    /// <summary>Lets time pass until a task completes.</summary>
    public async Task RunUntilAsync(Task task)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!task.IsCompleted)
        {
            Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(1), System, patience.Token));
            patience.Token.ThrowIfCancellationRequested();
        }

        await task;
    }

    private bool TryTake(TimeSpan dueTime)
    {
        lock (_lock)
        {
            return _timers.Remove(dueTime);
        }
    }
}
