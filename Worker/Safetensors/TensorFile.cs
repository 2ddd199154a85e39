namespace CloudSweep.Worker.Safetensors;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Metadata">Free text by key: <c>__metadata__</c>.</param>
/// <param name="Tensors">In the order of their data.</param>
public sealed record TensorFile(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<Tensor> Tensors);
