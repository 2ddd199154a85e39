using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training.Optimizers;

/// <summary>torch.optim.Adagrad.</summary>
internal sealed class AdaGradOptimizer : Optimizer
{
    private readonly OptimizerSettings.AdaGrad _settings;
    private readonly float[] _squares;

    public AdaGradOptimizer(OptimizerSettings.AdaGrad settings, int parameterCount)
        : this(settings, new float[parameterCount])
    {
    }

    private AdaGradOptimizer(OptimizerSettings.AdaGrad settings, float[] squares)
        : base(squares)
    {
        (_settings, _squares) = (settings, squares);
        Array.Fill(squares, (float)settings.InitialAccumulator);
    }

    protected override void Update(KernelSet kernels, Span<float> weights, ReadOnlySpan<float> gradients, ReadOnlySpan<double> rates) =>
        kernels.UpdateAdaGrad(
            weights, gradients, _squares, Moves(rates, 1 + ((Steps - 1) * _settings.LrDecay)), (float)_settings.Epsilon, (float)_settings.WeightDecay);
}
