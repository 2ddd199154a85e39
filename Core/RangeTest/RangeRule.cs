using System.Globalization;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.RangeTest;

/// <summary>
/// Proposes the bounds of a combination's rates from its ramps (docs/verdicts.md). Does not depend on the order in which anything arrived, and a NaN, infinite
/// or missing window never becomes a bound.
/// </summary>
public static class RangeRule
{
    // Full trials at the lowest rate should move ten times as far as the ramp had where its loss began to fall: enough to see, too little to be good.
    private const double Progress = 10;

    // However long trials are: noise of batches, not distance, decides between such rates.
    private const double LowestShare = 0.01;

    // So far above the rate where the loss began to blow up the trials go on.
    private const double Beyond = 2;

    private const int FewestPoints = 8;

    /// <param name="ramps">Of one combination, at least one; in any order.</param>
    /// <param name="trainRows">Training rows of an epoch.</param>
    public static RangeFinding Find(IReadOnlyList<TrialResult> ramps, long trainRows)
    {
        ArgumentNullException.ThrowIfNull(ramps);
        ArgumentOutOfRangeException.ThrowIfZero(ramps.Count);
        var parameters = ramps[0].Trial.Parameters;
        var (from, top) = (parameters.Ramp!.From, parameters.LearningRate);
        var steps = StepCount.Of(parameters, trainRows).Total;
        if (steps < RampPlan.FewestSteps)
        {
            return Unknown($"its trials have {steps} steps, and a ramp needs {RampPlan.FewestSteps}; use more epochs or smaller batches");
        }

        var curve = RangeCurve.Of(ramps, trainRows);
        var alive = curve.TakeWhile(point => !point.HasBlownUp).ToArray();
        if (alive.Length < curve.Count && alive.Length < FewestPoints)
        {
            return Unknown($"the loss blew up at once, at a rate of {Number(curve[alive.Length].Rate)}; scale the features, or give lower rates by hand");
        }

        if (alive.Length < FewestPoints)
        {
            return Unknown($"only {alive.Length} of its windows hold a loss");
        }

        var shape = new RangeShape(alive);
        var blownUp = shape.BlownUp ?? (alive.Length < curve.Count ? curve[alive.Length].Rate : null);
        var fallen = shape.IsFallingFromStart ? null : shape.Fallen;
        if (blownUp is null && fallen is null)
        {
            return Unknown(shape.IsFallingFromStart
                ? (FormattableString)$"the loss falls from the lowest rate on and does not blow up; give rates by hand"
                : $"the loss neither falls nor blows up; try more epochs or another model");
        }

        var shift = Math.Clamp(Progress / (Math.Log(new RampRates(parameters, steps).Factor) * StepCount.Of(parameters.Training, trainRows).Total), LowestShare, 1);
        var low = fallen is { } seen
            ? new RangeEnd(Math.Max(from, Rounded(seen * shift, down: true)), seen, Text($"the loss falls from {Number(seen)} on"))
            : new RangeEnd(from, null, Text(shape.IsFallingFromStart ? (FormattableString)$"the loss falls from the lowest rate on, where the ramp begins," : $"the loss does not fall"));
        var high = blownUp is { } end
            ? new RangeEnd(Math.Min(top, Rounded(end * Beyond, down: false)), end, Text($"blows up at {Number(end)}"))
            : new RangeEnd(top, null, "does not blow up before the ramp ends");
        return low.Rate < high.Rate ? new RangeFinding.Proposed(low, high) : Unknown($"the loss falls and blows up at the same rate, {Number(high.Rate)}");

        RangeFinding.CannotTell Unknown(FormattableString reason) => new(from, top, Text(reason));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Number(double rate) => rate.ToString("G2", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    /// <summary>Two significant digits, away from the middle of the range.</summary>
    private static double Rounded(double rate, bool down)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(rate)) - 1);
        var digits = down ? Math.Floor(rate / unit * (1 + 1e-9)) : Math.Ceiling(rate / unit * (1 - 1e-9));
        return LearningRates.Round(digits * unit);
    }
}
