using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training.Optimizers;

/// <summary>torch.optim.RMSprop.</summary>
internal sealed class RmsPropOptimizer : Optimizer
{
    private readonly float[] _squares;
    private readonly float[] _means;
    private readonly float[] _velocities;
    private readonly RmsPropStep _step;

    public RmsPropOptimizer(OptimizerSettings.RmsProp settings, int parameterCount)
        : this(settings, new float[parameterCount], settings.Centered ? new float[parameterCount] : [], settings.Momentum > 0 ? new float[parameterCount] : [])
    {
    }

    private RmsPropOptimizer(OptimizerSettings.RmsProp settings, float[] squares, float[] means, float[] velocities)
        : base(squares, means, velocities)
    {
        (_squares, _means, _velocities) = (squares, means, velocities);
        _step = new RmsPropStep((float)settings.Alpha, (float)(1 - settings.Alpha), (float)settings.Epsilon, (float)settings.Momentum, (float)settings.WeightDecay);
    }

    protected override void Update(KernelSet kernels, Span<float> weights, ReadOnlySpan<float> gradients, ReadOnlySpan<double> rates) =>
        kernels.UpdateRmsProp(weights, gradients, _squares, _means, _velocities, Moves(rates), _step);
}
