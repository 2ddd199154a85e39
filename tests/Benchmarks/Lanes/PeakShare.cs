using CloudSweep.Benchmarks.Harness;

namespace CloudSweep.Benchmarks.Lanes;

/// <summary>Training between two measurements of the FMA peak.</summary>
/// <param name="Flops">Of the training.</param>
/// <param name="Threads">Of both.</param>
/// <param name="Training">Its time.</param>
/// <param name="Before">Time of the peak before it.</param>
/// <param name="After">Time of the peak after it.</param>
internal sealed record PeakShare(double Flops, int Threads, Timing Training, Timing Before, Timing After)
{
    private const int Repeats = 5;

    /// <summary>FLOP/s of the peak.</summary>
    public double Peak => FmaPeak.Flops(Threads) * 2 / (Before.Wall + After.Wall).TotalSeconds;

    public double OfPeak => Flops / Training.Wall.TotalSeconds / Peak;

    /// <summary>By processor time, on both sides.</summary>
    public double OfPeakByProcessor => Flops / Training.Processor.TotalSeconds / (FmaPeak.Flops(Threads) * 2 / (Before.Processor + After.Processor).TotalSeconds);

    public static Task<Interleaved<PeakShare>> MeasureAsync(double flops, int threads, Func<Timing> training, CancellationToken cancellationToken) =>
        Interleaved<PeakShare>.RunAsync(Repeats, () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = FmaPeak.Measure(threads);
            var trained = training();
            return Task.FromResult(new PeakShare(flops, threads, trained, before, FmaPeak.Measure(threads)));
        });

    public static CaseResult Row(string benchmark, string name, Interleaved<PeakShare> turns, Goal goal) =>
        new(benchmark, name, turns.Median(turn => turn[0].OfPeak), "of peak", goal, new Dictionary<string, double>
        {
            ["by processor time"] = turns.Median(turn => turn[0].OfPeakByProcessor),
            ["peak GFLOP/s"] = turns.Median(turn => turn[0].Peak / 1e9),
            ["s"] = turns.Median(turn => turn[0].Training.Wall.TotalSeconds),
            ["lowest"] = turns.Lowest(turn => turn[0].OfPeak),
            ["highest"] = turns.Highest(turn => turn[0].OfPeak),
        });
}
