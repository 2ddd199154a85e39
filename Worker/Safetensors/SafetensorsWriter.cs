using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CloudSweep.Worker.Safetensors;

/// <summary>Writes safetensors files: equal content, equal bytes.</summary>
public static class SafetensorsWriter
{
    /// <exception cref="ArgumentException">Two tensors have one name, a shape does not fit its values, or the header gets too long.</exception>
    public static void Write(Stream stream, TensorFile file)
    {
        var header = Header(file);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in file.Tensors)
        {
            Write(stream, tensor.Values);
        }
    }

    private static byte[] Header(TensorFile file)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            if (file.Metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsFormat.MetadataKey);
                foreach (var (key, value) in file.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            WriteTensors(json, file.Tensors);
            json.WriteEndObject();
        }

        while (text.Length % SafetensorsFormat.Alignment != 0)
        {
            text.WriteByte((byte)' ');
        }

        return text.Length <= SafetensorsFormat.MaxHeaderBytes
            ? text.ToArray()
            : throw new ArgumentException($"The header would have {text.Length} bytes; at most {SafetensorsFormat.MaxHeaderBytes} are allowed.", nameof(file));
    }

    private static void WriteTensors(Utf8JsonWriter json, IReadOnlyList<Tensor> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsFormat.MetadataKey };
        var offset = 0L;
        foreach (var (name, shape, values) in tensors)
        {
            if (!names.Add(name) || SafetensorsFormat.CountOf(shape) != values.Length)
            {
                throw new ArgumentException($"Tensor '{name}' has a name that is taken or a shape that does not fit its {values.Length} values.", nameof(tensors));
            }

            var end = offset + ((long)values.Length * sizeof(float));
            json.WriteStartObject(name);
            json.WriteString("dtype", SafetensorsFormat.DataType);
            WriteNumbers(json, "shape", shape.Select(length => (long)length));
            WriteNumbers(json, "data_offsets", [offset, end]);
            json.WriteEndObject();
            offset = end;
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static void Write(Stream stream, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> number = stackalloc byte[sizeof(float)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(number, value);
            stream.Write(number);
        }
    }
}
