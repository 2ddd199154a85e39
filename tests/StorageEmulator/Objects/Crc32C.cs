using System.Buffers.Binary;
using System.Numerics;

namespace CloudSweep.StorageEmulator.Objects;

/// <summary>CRC-32C of bytes that come in pieces, as Cloud Storage writes it: base64 of four big-endian bytes. Plain and not the client's own, so that a mistake in either shows.</summary>
internal sealed class Crc32C
{
    private uint _state = uint.MaxValue;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            state = BitOperations.Crc32C(state, value);
        }

        _state = state;
    }

    public string ToBase64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ~_state);
        return Convert.ToBase64String(bytes);
    }
}
