using System.Globalization;

namespace CloudSweep.Worker.Training;

/// <summary>
/// Says when a lane has diverged (shared/TRAINING.md §5): the mean training loss of a window exceeds a bound in two consecutive windows. Windows have 32
/// minibatch steps; with full batches, whose loss has no noise, one. The bound is 10 × the loss of the best constant predictor, but at least twice as much
/// as a stable rate can reach from the first loss: features of large values start far above 10 × the baseline, and momentum swings out before it converges.
/// </summary>
/// <param name="baselineLoss">Of the best constant predictor.</param>
/// <param name="isFullBatch">Every batch has all rows.</param>
/// <param name="overshoot">With full batches: largest ratio of a later loss to the first at a stable rate (<see cref="StableOvershoot"/>).</param>
internal struct DivergenceRule(double baselineLoss, bool isFullBatch, double overshoot = 1)
{
    private const double Factor = 10;

    // A batch has noise, and no network is a quadratic.
    private const double Margin = 2;
    private readonly int _windowSteps = isFullBatch ? 1 : 32;
    private readonly double _overshoot = isFullBatch ? overshoot : 1;
    private double _first;
    private double _sum;
    private int _steps;
    private int _windowsAbove;

    /// <summary>Takes the loss of a step (from 1); a reason when the lane has diverged, else null.</summary>
    public string? Observe(long step, double loss)
    {
        if (!double.IsFinite(loss))
        {
            return string.Create(CultureInfo.InvariantCulture, $"loss is {(double.IsNaN(loss) ? "NaN" : "infinite")} at step {step}");
        }

        _first = step == 1 ? loss : _first;
        _sum += loss;
        if (++_steps < _windowSteps)
        {
            return null;
        }

        var mean = _sum / _steps;
        var bound = Math.Max(Factor * baselineLoss, Margin * _overshoot * _first);
        _windowsAbove = mean > bound ? _windowsAbove + 1 : 0;
        (_sum, _steps) = (0, 0);
        return _windowsAbove < 2
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"loss {mean:G3} at step {step}, over {(baselineLoss > 0 ? FormattableString.Invariant($"{bound / baselineLoss:G3} x baseline") : FormattableString.Invariant($"{bound:G3}"))}");
    }

    public readonly void Write(BinaryWriter writer)
    {
        writer.Write(_first);
        writer.Write(_sum);
        writer.Write(_steps);
        writer.Write(_windowsAbove);
    }

    /// <summary>Takes up where <see cref="Write"/> left off.</summary>
    public void Read(BinaryReader reader)
    {
        _first = reader.ReadDouble();
        _sum = reader.ReadDouble();
        _steps = reader.ReadInt32();
        _windowsAbove = reader.ReadInt32();
    }
}
