namespace CloudSweep.Worker.Safetensors;

/// <summary>A named array of float32.</summary>
/// <param name="Name">Unique in its file, e.g. <c>layers.0.weight</c>.</param>
/// <param name="Shape">Length of each axis, each ≥ 0; the last axis is contiguous. Empty = one number.</param>
/// <param name="Values">As many as the product of <paramref name="Shape"/>.</param>
public sealed record Tensor(string Name, IReadOnlyList<int> Shape, float[] Values);
