using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.RangeTest;

/// <summary>The ramps of one combination as one curve of loss against rate.</summary>
public static class RangeCurve
{
    /// <summary>By rate, ascending; windows that no ramp reported are left out.</summary>
    /// <param name="ramps">Of one combination, in any order; those that failed or were cancelled, or still run, count as far as they came.</param>
    /// <param name="trainRows">Training rows of an epoch.</param>
    public static IReadOnlyList<RangePoint> Of(IReadOnlyList<TrialResult> ramps, long trainRows)
    {
        ArgumentNullException.ThrowIfNull(ramps);
        if (ramps.Count == 0)
        {
            return [];
        }

        var parameters = ramps[0].Trial.Parameters;
        var plan = MeasurementPlan.Create(parameters, trainRows);
        var rates = new RampRates(parameters, plan.TotalSteps);
        var windows = ramps.SelectMany(ramp => ramp.Measurements.OfType<Measurement.LossWindow>()).ToLookup(window => window.Step);
        var blownAt = BlownAt(ramps, windows);
        var noise = parameters.Training.BatchSize is null ? 0 : NoiseOf(plan, windows, blownAt);
        return
        [
            .. from step in plan.WindowEnds
               let here = windows[step].Where(IsUsable).OrderBy(window => window.Trial).ToArray()
               where here.Length > 0 || step >= blownAt
               let batches = here.Sum(window => window.Steps)
               select step >= blownAt
                   ? new RangePoint(step, rates.At(step), double.NaN, double.NaN, 0, HasBlownUp: true)
                   : new RangePoint(step, rates.At(step), here.Sum(window => window.Mean * ((double)window.Steps / batches)), noise / Math.Sqrt(batches), batches, HasBlownUp: false),
        ];
    }

    /// <summary>First step at which any ramp had diverged or had no finite loss.</summary>
    private static long BlownAt(IReadOnlyList<TrialResult> ramps, ILookup<long, Measurement.LossWindow> windows) => Math.Min(
        ramps.Where(ramp => ramp.State == TrialState.Diverged).Select(ramp => ramp.Step).DefaultIfEmpty(long.MaxValue).Min(),
        windows.Where(here => here.Any(window => !double.IsFinite(window.Mean))).Select(here => here.Key).DefaultIfEmpty(long.MaxValue).Min());

    // Deviation of one batch's loss, from the lowest quarter of rates: there a loss hardly moves but by noise.
    private static double NoiseOf(MeasurementPlan plan, ILookup<long, Measurement.LossWindow> windows, long blownAt)
    {
        var (squares, batches) = (0.0, 0L);
        foreach (var window in plan.WindowEnds.Take(Math.Max(1, plan.WindowEnds.Count / 4)).Where(step => step < blownAt).SelectMany(step => windows[step].OrderBy(window => window.Trial)))
        {
            if (IsUsable(window) && window.Steps > 1 && double.IsFinite(window.StandardDeviation))
            {
                squares += window.StandardDeviation * window.StandardDeviation * window.Steps;
                batches += window.Steps - 1;
            }
        }

        return batches == 0 ? 0 : Math.Sqrt(squares / batches);
    }

    private static bool IsUsable(Measurement.LossWindow window) => double.IsFinite(window.Mean) && window.Steps >= 1;
}
