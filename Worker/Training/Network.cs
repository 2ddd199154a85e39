using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>Forward and backward passes over a chunk of rows, in the canonical order of arithmetic.</summary>
/// <param name="layout">Of the model.</param>
/// <param name="kernels">Kernel path.</param>
/// <param name="loss">What the outputs mean.</param>
internal sealed class Network(ModelLayout layout, KernelSet kernels, Loss loss)
{
    public ModelLayout Layout => layout;

    public KernelSet Kernels => kernels;

    public Loss Loss => loss;

    public static Network Of(ModelSpec model, ITrainingRows rows, KernelSet kernels) =>
        new(new ModelLayout(model, rows.FeatureCount, rows.ClassCount), kernels, Loss.Of(model, rows, kernels));

    /// <summary>Fills the activations of all layers; those of the last are the logits.</summary>
    /// <param name="parameters">Of the lane.</param>
    /// <param name="features">Row-major, at most <see cref="Scratch.ChunkRows"/> rows.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="scratch">Of the calling thread.</param>
    public void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> features, int rows, Scratch scratch)
    {
        var inputs = features;
        var inputStride = layout.Layers[0].Inputs;
        for (var index = 0; index < layout.Layers.Count; index++)
        {
            // By index: enumerating an interface would allocate in every step.
            var layer = layout.Layers[index];
            var outputs = scratch.Activations[layer.Index].AsSpan(0, rows * layer.PaddedOutputs);
            scratch.Products.MultiplyMatrices(
                kernels, (rows, layer.PaddedOutputs, layer.Inputs), inputs, inputStride, 1, parameters.Slice(layer.WeightOffset, layer.WeightCount), outputs, accumulate: false);
            kernels.AddToRows(outputs, parameters.Slice(layer.BiasOffset, layer.PaddedOutputs));
            if (layer.Index < layout.Layers.Count - 1)
            {
                Activate(outputs, layer, scratch);
            }

            inputs = outputs;
            inputStride = layer.PaddedOutputs;
        }
    }

    /// <summary>
    /// Computes the gradients of the chunk, from the gradient by the logits in <see cref="Scratch.OutputGradients"/>, or goes on with those of the chunks before it.
    /// </summary>
    public void Backward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> features, int rows, Scratch scratch, Span<float> gradients, bool accumulate)
    {
        for (var index = layout.Layers.Count - 1; index >= 0; index--)
        {
            var layer = layout.Layers[index];
            var outputGradients = scratch.OutputGradients.AsSpan(0, rows * layer.PaddedOutputs);
            var inputs = InputsOf(index, features, scratch, out var inputStride);

            // dW[in][out] = Σ over rows of x[row][in] · dY[row][out]: the inputs are read transposed.
            scratch.Products.MultiplyMatrices(
                kernels, (layer.Inputs, layer.PaddedOutputs, rows), inputs, 1, inputStride, outputGradients, gradients.Slice(layer.WeightOffset, layer.WeightCount), accumulate);
            var biasGradients = gradients.Slice(layer.BiasOffset, layer.PaddedOutputs);
            if (!accumulate)
            {
                biasGradients.Clear();
            }

            kernels.SumRows(outputGradients, biasGradients);
            if (index > 0)
            {
                PropagateToInputs(parameters, layer, layout.Layers[index - 1], rows, scratch);
                scratch.SwapGradients();
            }
        }
    }

    /// <summary>
    /// The backward pass of a whole batch and the step of plain sgd: weights move as soon as their gradients are there, once the layer below has its own, so that
    /// no gradient of a weight is kept. The same bits as <see cref="Backward"/> and then the step.
    /// </summary>
    /// <param name="parameters">Of the lane.</param>
    /// <param name="features">Of the batch.</param>
    /// <param name="rows">Of the batch, at most <see cref="KernelSet.MostFusedSteps"/>.</param>
    /// <param name="scratch">Of the calling thread.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="weightDecay">λ.</param>
    public void BackwardAndStep(Span<float> parameters, ReadOnlySpan<float> features, int rows, Scratch scratch, double rate, double weightDecay)
    {
        var (move, decay) = (-(float)rate, (float)weightDecay);
        Span<float> moves = stackalloc float[KernelSet.Padding];
        moves.Fill(move);
        for (var index = layout.Layers.Count - 1; index >= 0; index--)
        {
            var layer = layout.Layers[index];
            var outputGradients = scratch.OutputGradients.AsSpan(0, rows * layer.PaddedOutputs);
            if (index > 0)
            {
                PropagateToInputs(parameters, layer, layout.Layers[index - 1], rows, scratch);
            }

            var inputs = InputsOf(index, features, scratch, out var inputStride);
            scratch.Products.MultiplyAndStep(
                kernels, (layer.Inputs, layer.PaddedOutputs, rows), inputs, 1, inputStride, outputGradients, parameters.Slice(layer.WeightOffset, layer.WeightCount), move, decay);
            var biasGradients = scratch.Gradients.AsSpan(0, layer.PaddedOutputs);
            biasGradients.Clear();
            kernels.SumRows(outputGradients, biasGradients);
            kernels.UpdateSgd(parameters.Slice(layer.BiasOffset, layer.PaddedOutputs), biasGradients, moves, decay);
            scratch.SwapGradients();
        }
    }

    private ReadOnlySpan<float> InputsOf(int index, ReadOnlySpan<float> features, Scratch scratch, out int stride)
    {
        stride = index > 0 ? layout.Layers[index - 1].PaddedOutputs : layout.Layers[0].Inputs;
        return index > 0 ? scratch.Activations[index - 1] : features;
    }

    private void PropagateToInputs(ReadOnlySpan<float> parameters, LayerLayout layer, LayerLayout below, int rows, Scratch scratch)
    {
        var inputGradients = scratch.InputGradients.AsSpan(0, rows * below.PaddedOutputs);

        // K is the real number of outputs: a reduction is never padded.
        scratch.Products.MultiplyByTransposed(
            kernels, (rows, below.PaddedOutputs, layer.Outputs), scratch.OutputGradients, layer.PaddedOutputs, parameters.Slice(layer.WeightOffset, layer.WeightCount), layer.PaddedOutputs, inputGradients);
        var length = rows * below.PaddedOutputs;
        switch (layout.Activation)
        {
            case Activation.Relu:
                kernels.ReluGradient(scratch.Activations[below.Index].AsSpan(0, length), inputGradients);
                break;
            case Activation.Tanh:
                kernels.TanhGradient(scratch.Activations[below.Index].AsSpan(0, length), inputGradients);
                break;
            case Activation.Gelu:
                kernels.GeluGradient(scratch.Inputs[below.Index].AsSpan(0, length), inputGradients);
                break;
            default:
                throw new InvalidOperationException($"No derivative of {layout.Activation}.");
        }
    }

    private void Activate(Span<float> outputs, LayerLayout layer, Scratch scratch)
    {
        switch (layout.Activation)
        {
            case Activation.Relu:
                kernels.Relu(outputs);
                break;
            case Activation.Tanh:
                kernels.Tanh(outputs);
                break;
            case Activation.Gelu:
                outputs.CopyTo(scratch.Inputs[layer.Index]);
                kernels.Gelu(outputs);
                break;
            default:
                throw new InvalidOperationException($"No activation {layout.Activation}.");
        }
    }
}
