using System.Globalization;

namespace CloudSweep.Worker.Training;

/// <summary>
/// Says when a lane has diverged (shared/TRAINING.md §5): the mean training loss of a window exceeds 10 × that of the best constant predictor
/// in two consecutive windows. Windows have 32 minibatch steps; with full batches, whose loss has no noise, one.
/// </summary>
internal struct DivergenceRule(double baselineLoss, bool isFullBatch)
{
    private const double Factor = 10;
    private readonly int _windowSteps = isFullBatch ? 1 : 32;
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

        _sum += loss;
        if (++_steps < _windowSteps)
        {
            return null;
        }

        var mean = _sum / _steps;
        _windowsAbove = mean > Factor * baselineLoss ? _windowsAbove + 1 : 0;
        (_sum, _steps) = (0, 0);
        return _windowsAbove < 2
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"loss {mean:G3} at step {step}, over {Factor} x baseline");
    }

    public readonly void Write(BinaryWriter writer)
    {
        writer.Write(_sum);
        writer.Write(_steps);
        writer.Write(_windowsAbove);
    }

    /// <summary>Takes up where <see cref="Write"/> left off.</summary>
    public void Read(BinaryReader reader)
    {
        _sum = reader.ReadDouble();
        _steps = reader.ReadInt32();
        _windowsAbove = reader.ReadInt32();
    }
}
