namespace CloudSweep.Worker.Tests.Data.Streams;

/// <summary>Writes deflate data bit by bit (RFC 1951, 3.1.1).</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _count;

    /// <summary>Numbers begin with their lowest bit.</summary>
    public BitWriter Number(int value, int bits)
    {
        for (var i = 0; i < bits; i++)
        {
            Bit((value >> i) & 1);
        }

        return this;
    }

    /// <summary>Codes begin with their highest bit.</summary>
    public BitWriter Code(string bits)
    {
        foreach (var bit in bits)
        {
            Bit(bit - '0');
        }

        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    private void Bit(int value)
    {
        if (_count++ % 8 == 0)
        {
            _bytes.Add(0);
        }

        _bytes[^1] |= (byte)(value << ((_count - 1) % 8));
    }
}
