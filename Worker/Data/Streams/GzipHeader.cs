using System.IO.Hashing;
using CloudSweep.Worker.Data.Streams.Inflate;

namespace CloudSweep.Worker.Data.Streams;

/// <summary>Reads what a gzip member begins with (RFC 1952, 2.3) and passes over it.</summary>
internal sealed class GzipHeader(BitInput input)
{
    private const int HasChecksum = 2;
    private const int HasExtra = 4;
    private const int HasName = 8;
    private const int HasComment = 16;
    private const int Reserved = 0xE0;

    private readonly Crc32 _checksum = new();
    private readonly byte[] _byte = new byte[1];

    /// <summary>False = there is no further member.</summary>
    /// <exception cref="InvalidDataException">Something else is here, or the data ends within it.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var first = await input.NextByteAsync(cancellationToken);
        if (first < 0)
        {
            return false;
        }

        _checksum.Reset();
        Check(Counted(first) == 0x1F && await NextAsync(cancellationToken) == 0x8B && await NextAsync(cancellationToken) == 8);
        var flags = await NextAsync(cancellationToken);
        Check((flags & Reserved) == 0);

        // The time, hints of the compressor, the system.
        await PassAsync(6, cancellationToken);
        if ((flags & HasExtra) != 0)
        {
            await PassAsync(await NextAsync(cancellationToken) | (await NextAsync(cancellationToken) << 8), cancellationToken);
        }

        if ((flags & HasName) != 0)
        {
            await PassTextAsync(cancellationToken);
        }

        if ((flags & HasComment) != 0)
        {
            await PassTextAsync(cancellationToken);
        }

        if ((flags & HasChecksum) != 0)
        {
            var checksum = _checksum.GetCurrentHashAsUInt32() & 0xFFFF;
            Check((await NextAsync(cancellationToken) | (await NextAsync(cancellationToken) << 8)) == (int)checksum);
        }

        return true;
    }

    private async ValueTask PassAsync(int bytes, CancellationToken cancellationToken)
    {
        for (var i = 0; i < bytes; i++)
        {
            await NextAsync(cancellationToken);
        }
    }

    private async ValueTask PassTextAsync(CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken) != 0)
        {
        }
    }

    private async ValueTask<int> NextAsync(CancellationToken cancellationToken)
    {
        var value = await input.NextByteAsync(cancellationToken);
        Check(value >= 0);
        return Counted(value);
    }

    private int Counted(int value)
    {
        _byte[0] = (byte)value;
        _checksum.Append(_byte);
        return value;
    }

    private static void Check(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("No gzip member begins here.");
        }
    }
}
