using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>Buffers of one training thread, large enough for one chunk of rows of any lane.</summary>
internal sealed class Scratch
{
    /// <summary>Most rows of a forward and backward pass; longer batches are taken chunk by chunk.</summary>
    public const int ChunkRows = 256;

    public Scratch(ModelLayout layout)
    {
        Activations = [.. layout.Layers.Select(layer => new float[ChunkRows * layer.PaddedOutputs])];
        Inputs = layout.Activation == Activation.Gelu ? [.. layout.Layers.SkipLast(1).Select(layer => new float[ChunkRows * layer.PaddedOutputs])] : [];
        OutputGradients = new float[ChunkRows * layout.WidestPadded];
        InputGradients = new float[ChunkRows * layout.WidestPadded];
        TransposedWeights = layout.Layers.Count > 1
            ? new float[layout.Layers.Skip(1).Max(layer => layer.Outputs * KernelSet.Padded(layer.Inputs))]
            : [];
        Gradients = new float[layout.ParameterCount];
    }

    /// <summary>Outputs of each layer, [row][padded output].</summary>
    public float[][] Activations { get; }

    /// <summary>What each hidden layer's activation was applied to, where its derivative can't be told from its value (GELU); else empty.</summary>
    public float[][] Inputs { get; }

    /// <summary>Gradient of the loss by the outputs of the layer at hand.</summary>
    public float[] OutputGradients { get; set; }

    /// <summary>Gradient of the loss by its inputs.</summary>
    public float[] InputGradients { get; set; }

    /// <summary>[output][padded input] of the layer at hand.</summary>
    public float[] TransposedWeights { get; }

    /// <summary>Gradient of a batch that ends inside the turn; a longer one has a buffer of its own in its lane.</summary>
    public float[] Gradients { get; }

    public void SwapGradients() => (OutputGradients, InputGradients) = (InputGradients, OutputGradients);
}
