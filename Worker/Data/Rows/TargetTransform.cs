using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>What models see of a label that is a number: (y − mean) / deviation of the training rows, in float64, then rounded to float32. Never clipped.</summary>
internal sealed class TargetTransform(TargetStatistics target)
{
    private readonly double _mean = target.Train.Mean;

    public double Deviation { get; } = target.Deviation();

    public float Apply(double raw) => (float)((raw - _mean) / Deviation);
}
