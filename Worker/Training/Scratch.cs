using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Packing;

namespace CloudSweep.Worker.Training;

/// <summary>Buffers of one training thread, large enough for one chunk of rows of any lane.</summary>
internal sealed class Scratch
{
    /// <summary>Most rows of a forward and backward pass; longer batches are taken chunk by chunk.</summary>
    public const int ChunkRows = JobMemory.PassRows;

    /// <param name="layouts">Of all lanes that the thread may take, at least one.</param>
    public Scratch(params IReadOnlyList<ModelLayout> layouts)
    {
        var widest = layouts.Max(layout => layout.WidestPadded);
        Activations = BuffersOf(layouts);
        Inputs = BuffersOf([.. layouts.Where(layout => layout.Activation == Activation.Gelu)]);
        OutputGradients = new float[ChunkRows * widest];
        InputGradients = new float[ChunkRows * widest];
        Gradients = new float[layouts.Max(layout => layout.ParameterCount)];
    }

    /// <summary>Outputs of each layer, from the first, [row][padded output].</summary>
    public float[][] Activations { get; }

    /// <summary>What each hidden layer's activation was applied to, where its derivative can't be told from its value (GELU); else empty.</summary>
    public float[][] Inputs { get; }

    /// <summary>Multiplies, with the help of threads that have nothing else to do.</summary>
    public SharedProducts Products { get; } = new();

    /// <summary>Loss of each row.</summary>
    public double[] Losses { get; } = new double[ChunkRows];

    /// <summary>Gradient of the loss by the outputs of the layer at hand.</summary>
    public float[] OutputGradients { get; set; }

    /// <summary>Gradient of the loss by its inputs.</summary>
    public float[] InputGradients { get; set; }

    /// <summary>Gradient of the batch at hand; of one that outlives the turn, the lane keeps a copy.</summary>
    public float[] Gradients { get; }

    public void SwapGradients() => (OutputGradients, InputGradients) = (InputGradients, OutputGradients);

    // A buffer per layer, wide enough for each layout's.
    private static float[][] BuffersOf(IReadOnlyList<ModelLayout> layouts) =>
        [.. Enumerable.Range(0, layouts.Select(layout => layout.Layers.Count).DefaultIfEmpty().Max())
            .Select(index => new float[ChunkRows * layouts.Where(layout => index < layout.Layers.Count).Max(layout => layout.Layers[index].PaddedOutputs)])];
}
