using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training.Optimizers;

/// <summary>One lane's optimizer: what it remembers of the steps so far, and its step.</summary>
/// <param name="memories">Arrays of one number for each parameter; an empty one is not used.</param>
internal abstract class Optimizer(params float[][] memories)
{
    /// <summary>Steps taken; while one is taken, its number from 1.</summary>
    protected long Steps { get; private set; }

    public static Optimizer For(OptimizerSettings settings, int parameterCount) => settings switch
    {
        OptimizerSettings.Sgd sgd => new SgdOptimizer(sgd),
        OptimizerSettings.HeavyBall heavyBall => new MomentumOptimizer(heavyBall, parameterCount),
        OptimizerSettings.Nesterov nesterov => new MomentumOptimizer(nesterov, parameterCount),
        OptimizerSettings.AdaGrad adaGrad => new AdaGradOptimizer(adaGrad, parameterCount),
        OptimizerSettings.RmsProp rmsProp => new RmsPropOptimizer(rmsProp, parameterCount),
        OptimizerSettings.Adam adam => new AdamOptimizer(adam, parameterCount),
        OptimizerSettings.AdamW adam => new AdamOptimizer(adam, parameterCount),
        _ => throw new ArgumentOutOfRangeException(nameof(settings)),
    };

    /// <summary>Moves the weights by one step at <paramref name="rate"/>.</summary>
    public void Step(KernelSet kernels, Span<float> weights, ReadOnlySpan<float> gradients, double rate)
    {
        Steps++;
        Update(kernels, weights, gradients, rate);
    }

    public virtual void Write(BinaryWriter writer)
    {
        writer.Write(Steps);
        foreach (var memory in memories)
        {
            FloatBlock.Write(writer, memory);
        }
    }

    public virtual void Read(BinaryReader reader)
    {
        Steps = reader.ReadInt64();
        foreach (var memory in memories)
        {
            FloatBlock.Read(reader, memory);
        }
    }

    protected abstract void Update(KernelSet kernels, Span<float> weights, ReadOnlySpan<float> gradients, double rate);
}
