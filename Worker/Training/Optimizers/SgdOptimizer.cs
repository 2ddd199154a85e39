using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training.Optimizers;

/// <summary>torch.optim.SGD without momentum.</summary>
internal sealed class SgdOptimizer(OptimizerSettings.Sgd settings) : Optimizer
{
    protected override void Update(KernelSet kernels, Span<float> weights, ReadOnlySpan<float> gradients, ReadOnlySpan<double> rates) =>
        kernels.UpdateSgd(weights, gradients, Moves(rates), (float)settings.WeightDecay);
}
