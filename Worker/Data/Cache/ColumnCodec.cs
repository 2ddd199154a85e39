using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>Stores doubles, finite or <see cref="double.NaN"/>, in the smallest type that gives back the same bits.</summary>
internal static class ColumnCodec
{
    public static int SizeOf(ColumnType type) => type switch
    {
        ColumnType.UInt8 => 1,
        ColumnType.Int32 or ColumnType.Float32 => 4,
        ColumnType.Float64 => 8,
        _ => throw new CorruptBlockException($"Unknown column type {type}."),
    };

    public static ColumnType Smallest(ReadOnlySpan<double> values)
    {
        var isUInt8 = true;
        var isInt32 = true;
        var isFloat32 = true;
        foreach (var value in values)
        {
            isInt32 = isInt32 && IsSame(value, (int)value);
            isUInt8 = isUInt8 && isInt32 && value is >= 0 and <= byte.MaxValue;
            isFloat32 = isFloat32 && IsSame(value, (float)value);
            if (!isInt32 && !isFloat32)
            {
                return ColumnType.Float64;
            }
        }

        return isUInt8 ? ColumnType.UInt8 : isInt32 ? ColumnType.Int32 : ColumnType.Float32;
    }

    public static void Encode(ColumnType type, ReadOnlySpan<double> values, Span<byte> target)
    {
        switch (type)
        {
            case ColumnType.UInt8:
                for (var i = 0; i < values.Length; i++)
                {
                    target[i] = (byte)values[i];
                }

                break;
            case ColumnType.Int32:
                var integers = MemoryMarshal.Cast<byte, int>(target);
                for (var i = 0; i < values.Length; i++)
                {
                    integers[i] = (int)values[i];
                }

                break;
            case ColumnType.Float32:
                var floats = MemoryMarshal.Cast<byte, float>(target);
                for (var i = 0; i < values.Length; i++)
                {
                    floats[i] = (float)values[i];
                }

                break;
            default:
                MemoryMarshal.AsBytes(values).CopyTo(target);
                break;
        }
    }

    public static void Decode(ColumnType type, ReadOnlySpan<byte> source, Span<double> values)
    {
        switch (type)
        {
            case ColumnType.UInt8:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = source[i];
                }

                break;
            case ColumnType.Int32:
                var integers = MemoryMarshal.Cast<byte, int>(source);
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = integers[i];
                }

                break;
            case ColumnType.Float32:
                var floats = MemoryMarshal.Cast<byte, float>(source);
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = floats[i];
                }

                break;
            default:
                MemoryMarshal.Cast<byte, double>(source)[..values.Length].CopyTo(values);
                break;
        }
    }

    // Compares bits, so that −0 is no integer.
    private static bool IsSame(double left, double right) => BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);
}
