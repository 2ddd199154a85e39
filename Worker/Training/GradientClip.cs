using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>
/// torch.nn.utils.clip_grad_norm_ (Pascanu, Mikolov &amp; Bengio 2013) over all weights and biases of a lane. The norm is summed in double precision,
/// by index in the layout; padding is left out.
/// </summary>
internal static class GradientClip
{
    // clip_grad_norm_'s own, against a division by 0.
    private const double Margin = 1e-6;

    /// <summary>Scales the gradients by <paramref name="largestNorm"/> / (norm + 1e-6) where that is below 1. A norm that is NaN makes all of them NaN.</summary>
    public static void Apply(KernelSet kernels, ModelLayout layout, Span<float> gradients, double largestNorm)
    {
        var factor = largestNorm / (Norm(kernels, layout, gradients) + Margin);
        if (!(factor >= 1))
        {
            kernels.Scale(gradients, (float)factor);
        }
    }

    private static double Norm(KernelSet kernels, ModelLayout layout, ReadOnlySpan<float> gradients)
    {
        var squares = default(PartialSums);
        for (var index = 0; index < layout.Layers.Count; index++)
        {
            // The bias is the row after the last input's; every row begins at a multiple of 16.
            var layer = layout.Layers[index];
            for (var row = 0; row <= layer.Inputs; row++)
            {
                squares.AddSquares(kernels, gradients.Slice(layer.WeightOffset + (row * layer.PaddedOutputs), layer.Outputs));
            }
        }

        return Math.Sqrt(squares.Total());
    }
}
