using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>
/// Where each layer's parameters are in one array. Weights are [inputs][padded outputs], then the bias [padded outputs];
/// padded columns stay zero and are never summed over.
/// </summary>
internal sealed class ModelLayout
{
    public ModelLayout(ModelSpec model, int featureCount, int classCount)
    {
        var hidden = model is ModelSpec.Mlp mlp ? mlp.Hidden : [];
        int[] units = [featureCount, .. hidden, model.Outputs(classCount)];
        var layers = new List<LayerLayout>();
        var offset = 0;
        for (var layer = 0; layer + 1 < units.Length; layer++)
        {
            layers.Add(new LayerLayout(layer, units[layer], units[layer + 1], offset));
            offset += layers[^1].ParameterCount;
        }

        Layers = layers;
        ParameterCount = offset;
        Activation = (model as ModelSpec.Mlp)?.Activation;
        WidestPadded = layers.Max(layer => layer.PaddedOutputs);
    }

    public IReadOnlyList<LayerLayout> Layers { get; }

    /// <summary>Floats of all layers, padding included.</summary>
    public int ParameterCount { get; }

    /// <summary>After each layer but the last; null when there is only one.</summary>
    public Activation? Activation { get; }

    public int WidestPadded { get; }

    /// <summary>nn.Linear's: weights and biases uniform in ±1/√inputs, keyed by layer and PyTorch's index, so equal in all lanes of a repeat.</summary>
    public void InitializeWeights(long seed, Span<float> parameters)
    {
        parameters.Clear();
        foreach (var layer in Layers)
        {
            var bound = 1 / Math.Sqrt(layer.Inputs);
            for (var output = 0; output < layer.Outputs; output++)
            {
                for (var input = 0; input < layer.Inputs; input++)
                {
                    parameters[layer.WeightOffset + (input * layer.PaddedOutputs) + output] =
                        Uniform(seed, layer.Index, ((long)output * layer.Inputs) + input, bound);
                }

                parameters[layer.BiasOffset + output] = Uniform(seed, layer.Index, ((long)layer.Outputs * layer.Inputs) + output, bound);
            }
        }
    }

    private static float Uniform(long seed, int layer, long index, double bound) =>
        (float)(((2 * KeyedRandom.UnitInterval(seed, RandomPurpose.InitialWeights, layer, index)) - 1) * bound);
}
