using System.Diagnostics;

namespace CloudSweep.Benchmarks.Harness;

/// <summary>Bytes that this process moved, and what that took.</summary>
/// <param name="Bytes">Bytes that arrived.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="ProcessorTime">User and system time of this process.</param>
internal sealed record Transfer(long Bytes, TimeSpan Elapsed, TimeSpan ProcessorTime)
{
    private const double BytesPerMegabyte = 1e6;
    private const double BytesPerGibibyte = 1L << 30;

    public double MegabytesPerSecond => Bytes / BytesPerMegabyte / Elapsed.TotalSeconds;

    public double ProcessorSecondsPerGibibyte => ProcessorTime.TotalSeconds / (Bytes / BytesPerGibibyte);

    /// <param name="move">Moves bytes and returns how many.</param>
    public static async Task<Transfer> MeasureAsync(Func<Task<long>> move)
    {
        var processorTime = ProcessorTimeOfThisProcess();
        var clock = Stopwatch.StartNew();
        var bytes = await move();
        return new Transfer(bytes, clock.Elapsed, ProcessorTimeOfThisProcess() - processorTime);
    }

    private static TimeSpan ProcessorTimeOfThisProcess() => Environment.CpuUsage.TotalTime;
}
