using CloudSweep.Core.Domain;

namespace CloudSweep.Benchmarks.Lanes;

/// <summary>Work that training cannot avoid: the matrix products, by real sizes, nothing padded. Optimizers, losses and activations are not counted.</summary>
internal static class LaneFlops
{
    /// <summary>FLOP of one row in one lane: forward and the weights' gradient in every layer, the inputs' gradient in all but the first.</summary>
    public static double OfRow(ModelSpec model, int features, int classes)
    {
        int[] units = [features, .. model is ModelSpec.Mlp mlp ? mlp.Hidden : [], model.Outputs(classes)];
        return Enumerable.Range(0, units.Length - 1).Sum(layer => (layer == 0 ? 4.0 : 6.0) * units[layer] * units[layer + 1]);
    }
}
