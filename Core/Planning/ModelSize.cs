using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>How large a model is.</summary>
public static class ModelSize
{
    /// <summary>Most parameters of a model: 1 GiB of float32.</summary>
    public const long MaxParameters = 1L << 28;

    /// <summary>Weights and biases of all layers.</summary>
    public static long Parameters(ModelSpec model, int features, int classes)
    {
        ArgumentNullException.ThrowIfNull(model);
        var hidden = model is ModelSpec.Mlp mlp ? mlp.Hidden : [];
        int[] layers = [features, .. hidden, model.Outputs(classes)];
        return layers.Zip(layers.Skip(1), (inputs, outputs) => (inputs + 1L) * outputs).Sum();
    }
}
