using System.Text.Json;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Safetensors;

/// <summary>Reads the header's JSON, strictly.</summary>
internal static class SafetensorsHeader
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>Metadata, and tensors by the place of their data.</summary>
    /// <exception cref="MalformedDocumentException">The header breaks the format, or has other tensors than float32.</exception>
    public static (IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<TensorRange> Ranges) Parse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            var root = document.RootElement;
            Require(root.ValueKind == JsonValueKind.Object, "it is no object");
            Require(root.GetPropertyCount() <= SafetensorsFormat.MaxTensors, $"it has more than {SafetensorsFormat.MaxTensors} tensors");
            var ranges = root.EnumerateObject()
                .Where(property => property.Name != SafetensorsFormat.MetadataKey)
                .Select(ReadRange)
                .OrderBy(range => range.Begin)
                .ThenBy(range => range.End)
                .ToArray();
            return (root.TryGetProperty(SafetensorsFormat.MetadataKey, out var metadata) ? ReadMetadata(metadata) : new Dictionary<string, string>(), ranges);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Text that is no valid UTF-16 after unescaping is an InvalidOperationException.
            throw new MalformedDocumentException("The header of the safetensors file is no valid JSON.", exception);
        }
    }

    private static Dictionary<string, string> ReadMetadata(JsonElement metadata)
    {
        Require(metadata.ValueKind == JsonValueKind.Object, $"{SafetensorsFormat.MetadataKey} is no object");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in metadata.EnumerateObject())
        {
            Require(property.Value.ValueKind == JsonValueKind.String, $"{SafetensorsFormat.MetadataKey} has an entry that is no text");
            texts.Add(property.Name, property.Value.GetString()!);
        }

        return texts;
    }

    private static TensorRange ReadRange(JsonProperty tensor)
    {
        var (name, value) = (tensor.Name, tensor.Value);
        Require(value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 3, $"tensor '{name}' must have dtype, shape and data_offsets and nothing else");
        var type = value.TryGetProperty("dtype", out var dtype) && dtype.ValueKind == JsonValueKind.String ? dtype.GetString() : null;
        Require(type == SafetensorsFormat.DataType, $"tensor '{name}' must have dtype {SafetensorsFormat.DataType}");
        var shape = ReadNumbers(value, "shape");
        var offsets = ReadNumbers(value, "data_offsets");
        Require(shape is not null && shape.Count <= SafetensorsFormat.MaxAxes && shape.All(length => length <= Array.MaxLength), $"tensor '{name}' has no usable shape");
        Require(offsets is { Count: 2 } && offsets[0] <= offsets[1], $"tensor '{name}' must have data_offsets of a begin and an end that follows it");
        int[] lengths = [.. shape!.Select(length => (int)length)];
        Require(SafetensorsFormat.CountOf(lengths) is { } count && offsets![1] - offsets[0] == (long)count * sizeof(float), $"tensor '{name}' has a shape that does not fit its data_offsets");
        return new TensorRange(name, lengths, offsets![0], offsets[1]);
    }

    private static List<long>? ReadNumbers(JsonElement tensor, string name)
    {
        if (!tensor.TryGetProperty(name, out var array) || array.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var numbers = new List<long>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number) || number < 0)
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new MalformedDocumentException($"The header of the safetensors file breaks the format: {problem}.");
        }
    }
}
