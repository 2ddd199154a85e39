namespace CloudSweep.Worker.Safetensors;

/// <summary>Where a tensor's data lies, as a header tells.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="Shape">Length of each axis; fits the range.</param>
/// <param name="Begin">First byte of the data part.</param>
/// <param name="End">Byte after the last one.</param>
internal sealed record TensorRange(string Name, IReadOnlyList<int> Shape, long Begin, long End);
