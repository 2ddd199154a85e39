using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training;

/// <summary>Floats in a checkpoint: little-endian, one after the other.</summary>
internal static class FloatBlock
{
    public static void Write(BinaryWriter writer, ReadOnlySpan<float> values) => writer.Write(MemoryMarshal.AsBytes(values));

    public static void Read(BinaryReader reader, Span<float> values) => reader.ReadExactly(MemoryMarshal.AsBytes(values));
}
