using System.Diagnostics;

namespace CloudSweep.Benchmarks.Harness;

/// <summary>Bytes that this process moved, and what that took.</summary>
/// <param name="Bytes">Bytes that arrived.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="ProcessorTime">User and system time of this process.</param>
/// <param name="ServerProcessorTime">User and system time of the process that sent them.</param>
internal sealed record Transfer(long Bytes, TimeSpan Elapsed, TimeSpan ProcessorTime, TimeSpan ServerProcessorTime)
{
    private const double BytesPerMegabyte = 1e6;
    private const double BytesPerGibibyte = 1L << 30;

    public double MegabytesPerSecond => Bytes / BytesPerMegabyte / Elapsed.TotalSeconds;

    public double ProcessorSecondsPerGibibyte => ProcessorTime.TotalSeconds / (Bytes / BytesPerGibibyte);

    public double ServerProcessorSecondsPerGibibyte => ServerProcessorTime.TotalSeconds / (Bytes / BytesPerGibibyte);

    /// <param name="server">The process that sends.</param>
    /// <param name="move">Moves bytes and returns how many.</param>
    public static async Task<Transfer> MeasureAsync(ServerProcess server, Func<Task<long>> move)
    {
        var serverProcessorTime = server.ProcessorTime;
        var processorTime = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var bytes = await move();
        return new Transfer(bytes, clock.Elapsed, Environment.CpuUsage.TotalTime - processorTime, server.ProcessorTime - serverProcessorTime);
    }
}
