using System.Collections.Concurrent;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Windows that readers use one after the other, so that an epoch does not begin with new memory. Safe for several threads.</summary>
/// <param name="capacity">Rows of each.</param>
/// <param name="featureCount">Features per row.</param>
internal sealed class WindowPool(int capacity, int featureCount)
{
    private readonly ConcurrentBag<RowWindow> _idle = [];

    public RowWindow Rent() => _idle.TryTake(out var window) ? window : new RowWindow(capacity, featureCount);

    public void Return(RowWindow window) => _idle.Add(window);
}
