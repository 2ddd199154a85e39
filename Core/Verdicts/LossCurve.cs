using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Verdicts;

/// <summary>The shape of one trial's training loss over its windows.</summary>
internal sealed class LossCurve(TrialResult trial)
{
    // A batch of all rows is no sample: what its loss does inside a window is training.
    private readonly bool _isFullBatch = trial.Trial.Parameters.Training.BatchSize is null;

    private const int FewestWindows = 3;

    // A change of less than 1 % of S is none.
    private const double StuckShare = 0.01;

    private readonly Measurement.LossWindow[] _windows = [.. trial.Measurements.OfType<Measurement.LossWindow>().OrderBy(window => window.Step)];

    private int Quarter => Math.Max(1, _windows.Length / 4);

    public bool IsTooShort => _windows.Length < FewestWindows;

    /// <summary>Mean training loss of the last window; NaN without any.</summary>
    public double Last => _windows.Length == 0 ? double.NaN : _windows[^1].Mean;

    /// <summary>From the first window to the last quarter the loss falls by more than max(0.01·S, 3 standard errors).</summary>
    /// <param name="scale">S in units of the training loss.</param>
    public bool Falls(double scale)
    {
        if (IsTooShort)
        {
            return false;
        }

        var late = _windows[^Quarter..];
        var fall = _windows[0].Mean - late.Average(window => window.Mean);
        var noise = Math.Sqrt(VarianceOf(_windows[0]) + (late.Sum(VarianceOf) / (late.Length * late.Length)));
        return fall > Math.Max(StuckShare * scale, 3 * noise);
    }

    /// <summary>The mean loss of the last quarter is below a bound.</summary>
    public bool EndsBelow(double bound) => !IsTooShort && _windows[^Quarter..].Average(window => window.Mean) < bound;

    /// <summary>Between the two last quarters the loss falls by more than 0.01·S.</summary>
    /// <param name="scale">S in units of the training loss.</param>
    public bool IsImproving(double scale) => LateImprovement() > StuckShare * scale;

    private double LateImprovement()
    {
        var quarter = Quarter;
        return _windows.Length < 2 * quarter
            ? 0
            : _windows[^(2 * quarter)..^quarter].Average(window => window.Mean) - _windows[^quarter..].Average(window => window.Mean);
    }

    /// <summary>
    /// In the last half of the windows the loss rises at least a third of the time, and the standard deviation about the least-squares line exceeds
    /// max(0.05·S, 3·sd/√steps).
    /// </summary>
    /// <param name="scale">S in units of the training loss.</param>
    /// <param name="risingShare">Share of window-to-window changes that rise.</param>
    /// <param name="deviation">Standard deviation about the line.</param>
    public bool Oscillates(double scale, out double risingShare, out double deviation)
    {
        var half = _windows[(_windows.Length / 2)..];
        (risingShare, deviation) = (0, 0);
        if (half.Length < FewestWindows)
        {
            return false;
        }

        risingShare = (double)half.Zip(half.Skip(1)).Count(pair => pair.Second.Mean > pair.First.Mean) / (half.Length - 1);
        deviation = DeviationFromLine(half);
        var noise = half.Average(window => Math.Sqrt(VarianceOf(window)));
        return risingShare >= 1.0 / 3 && deviation > Math.Max(0.05 * scale, 3 * noise);
    }

    private double VarianceOf(Measurement.LossWindow window) => _isFullBatch ? 0 : window.StandardDeviation * window.StandardDeviation / window.Steps;

    private static double DeviationFromLine(Measurement.LossWindow[] windows)
    {
        var center = (windows.Length - 1) / 2.0;
        var mean = windows.Average(window => window.Mean);
        var slope = windows.Select((window, index) => (index - center) * (window.Mean - mean)).Sum()
            / windows.Select((_, index) => (index - center) * (index - center)).Sum();
        var squares = windows.Select((window, index) => window.Mean - mean - (slope * (index - center))).Sum(residual => residual * residual);
        return Math.Sqrt(squares / windows.Length);
    }
}
