using System.Diagnostics;

namespace CloudSweep.Benchmarks.Harness;

/// <summary>How long something took.</summary>
/// <param name="Wall">By the clock.</param>
/// <param name="Processor">User and system time of this process; less depends on what else the machine does.</param>
internal readonly record struct Timing(TimeSpan Wall, TimeSpan Processor)
{
    public static Timing Of(Action action)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        action();
        var wall = clock.Elapsed;
        return new Timing(wall, Environment.CpuUsage.TotalTime - processor);
    }

    public static async Task<Timing> OfAsync(Func<Task> action)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        await action();
        var wall = clock.Elapsed;
        return new Timing(wall, Environment.CpuUsage.TotalTime - processor);
    }
}
