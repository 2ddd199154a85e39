using CloudSweep.Core.Domain;
using CloudSweep.Worker.Safetensors;

namespace CloudSweep.Worker.Training;

/// <summary>
/// A model's parameters as torch.nn.Linear has them: <c>layers.0.weight</c> of shape [outputs, inputs] and <c>layers.0.bias</c> of [outputs],
/// and so on, first layer first. No padding.
/// </summary>
internal static class ModelTensors
{
    public static IReadOnlyList<Tensor> Of(ModelLayout layout, ReadOnlySpan<float> parameters)
    {
        var tensors = new List<Tensor>();
        foreach (var layer in layout.Layers)
        {
            var weight = new float[layer.Outputs * layer.Inputs];
            for (var input = 0; input < layer.Inputs; input++)
            {
                var row = parameters.Slice(layer.WeightOffset + (input * layer.PaddedOutputs), layer.Outputs);
                for (var output = 0; output < row.Length; output++)
                {
                    weight[(output * layer.Inputs) + input] = row[output];
                }
            }

            tensors.Add(new Tensor(WeightName(layer), [layer.Outputs, layer.Inputs], weight));
            tensors.Add(new Tensor(BiasName(layer), [layer.Outputs], parameters.Slice(layer.BiasOffset, layer.Outputs).ToArray()));
        }

        return tensors;
    }

    /// <summary>The same bits in the layout's order.</summary>
    /// <exception cref="MalformedDocumentException">The tensors are not those of the layout, or a number is not finite.</exception>
    public static float[] ToParameters(ModelLayout layout, IReadOnlyList<Tensor> tensors)
    {
        var parameters = new float[layout.ParameterCount];
        var byName = tensors.ToDictionary(tensor => tensor.Name);
        foreach (var layer in layout.Layers)
        {
            var weight = Take(byName, WeightName(layer), layer.Outputs, layer.Inputs);
            for (var input = 0; input < layer.Inputs; input++)
            {
                var row = parameters.AsSpan(layer.WeightOffset + (input * layer.PaddedOutputs), layer.Outputs);
                for (var output = 0; output < row.Length; output++)
                {
                    row[output] = weight[(output * layer.Inputs) + input];
                }
            }

            Take(byName, BiasName(layer), layer.Outputs).CopyTo(parameters.AsSpan(layer.BiasOffset));
        }

        return byName.Count == 0 && Array.TrueForAll(parameters, float.IsFinite)
            ? parameters
            : throw new MalformedDocumentException(byName.Count == 0
                ? "The model has a weight that is not finite."
                : $"The model has a tensor '{byName.Keys.Min(StringComparer.Ordinal)}', which its settings do not know.");
    }

    private static float[] Take(Dictionary<string, Tensor> tensors, string name, params int[] shape) =>
        tensors.Remove(name, out var tensor) && tensor.Shape.SequenceEqual(shape)
            ? tensor.Values
            : throw new MalformedDocumentException($"The model must have a tensor '{name}' of shape [{string.Join(", ", shape)}]; it has {(tensor is null ? "none" : $"[{string.Join(", ", tensor.Shape)}]")}.");

    private static string WeightName(LayerLayout layer) => $"layers.{layer.Index}.weight";

    private static string BiasName(LayerLayout layer) => $"layers.{layer.Index}.bias";
}
