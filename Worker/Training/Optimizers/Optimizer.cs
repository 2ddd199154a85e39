using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training.Optimizers;

/// <summary>An optimizer of one lane, or of a crowd of lanes that differ in nothing but their rates: what it remembers of the steps so far, and its step.</summary>
/// <param name="memories">Arrays of one number for each parameter; an empty one is not used.</param>
internal abstract class Optimizer(params float[][] memories)
{
    private float[] _moves = [];

    /// <summary>Arrays of one number for each parameter, in their order; an empty one is not used.</summary>
    public IReadOnlyList<float[]> Memories => memories;

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
    public void Step(KernelSet kernels, Span<float> weights, ReadOnlySpan<float> gradients, double rate) => Step(kernels, weights, gradients, [rate]);

    /// <summary>Moves the weights by one step.</summary>
    /// <param name="kernels">Kernel path.</param>
    /// <param name="weights">A multiple of the rates.</param>
    /// <param name="gradients">Of the weights.</param>
    /// <param name="rates">Of each column; they repeat over the weights. A multiple of <see cref="KernelSet.Padding"/> many, or one for all.</param>
    public void Step(KernelSet kernels, Span<float> weights, ReadOnlySpan<float> gradients, ReadOnlySpan<double> rates)
    {
        Steps++;
        Update(kernels, weights, gradients, rates);
    }

    /// <summary>Counts a step that was made elsewhere, together with the gradient.</summary>
    public void CountStep() => Steps++;

    /// <summary>Takes over how far another has come, but for <see cref="Memories"/>.</summary>
    public virtual void Follow(Optimizer other) => Steps = other.Steps;

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

    protected abstract void Update(KernelSet kernels, Span<float> weights, ReadOnlySpan<float> gradients, ReadOnlySpan<double> rates);

    /// <summary>−rate / <paramref name="divisor"/> of each column.</summary>
    protected ReadOnlySpan<float> Moves(ReadOnlySpan<double> rates, double divisor = 1)
    {
        var moves = Columns(ref _moves, rates);
        for (var column = 0; column < rates.Length; column++)
        {
            moves[column] = -(float)(rates[column] / divisor);
        }

        moves[rates.Length..].Fill(moves[0]);
        return moves;
    }

    /// <summary>A number for each rate, and at least for as many columns as a kernel takes at once; the array is made in the first step.</summary>
    protected static Span<float> Columns(ref float[] columns, ReadOnlySpan<double> rates)
    {
        var count = Math.Max(KernelSet.Padding, rates.Length);
        return columns = columns.Length == count ? columns : new float[count];
    }
}
