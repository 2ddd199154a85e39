using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training.Optimizers;

/// <summary>torch.optim.SGD with momentum, of the heavy ball or of Nesterov.</summary>
internal sealed class MomentumOptimizer : Optimizer
{
    private readonly float[] _velocities;
    private readonly double _dampening;
    private readonly MomentumStep _step;

    public MomentumOptimizer(OptimizerSettings.HeavyBall settings, int parameterCount)
        : this(settings.Momentum, settings.Dampening, settings.WeightDecay, isNesterov: false, new float[parameterCount])
    {
    }

    public MomentumOptimizer(OptimizerSettings.Nesterov settings, int parameterCount)
        : this(settings.Momentum, 0, settings.WeightDecay, isNesterov: true, new float[parameterCount])
    {
    }

    private MomentumOptimizer(double momentum, double dampening, double weightDecay, bool isNesterov, float[] velocities)
        : base(velocities)
    {
        _velocities = velocities;
        _dampening = dampening;
        _step = new MomentumStep((float)momentum, 1, (float)weightDecay, isNesterov);
    }

    // The first velocity is the gradient, undampened.
    protected override void Update(KernelSet kernels, Span<float> weights, ReadOnlySpan<float> gradients, ReadOnlySpan<double> rates) =>
        kernels.UpdateMomentum(weights, gradients, _velocities, Moves(rates), _step with { GradientShare = Steps == 1 ? 1 : (float)(1 - _dampening) });
}
