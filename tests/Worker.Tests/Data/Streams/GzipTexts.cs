using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace CloudSweep.Worker.Tests.Data.Streams;

/// <summary>Texts of many kinds, and gzip members of them as the base library makes them. The same seed gives the same ones.</summary>
internal sealed class GzipTexts(int seed)
{
#pragma warning disable CA5394 // Reproducible, not secret.
    private readonly Random _random = new(seed);

    public static TheoryData<GzipTextKind, CompressionLevel> KindsAndLevels
    {
        get
        {
            var all = new TheoryData<GzipTextKind, CompressionLevel>();
            foreach (var kind in Enum.GetValues<GzipTextKind>())
            {
                foreach (var level in Enum.GetValues<CompressionLevel>())
                {
                    all.Add(kind, level);
                }
            }

            return all;
        }
    }

    public byte[] Make(GzipTextKind kind, int length) => kind switch
    {
        GzipTextKind.Random => Filled(length, () => (byte)_random.Next(256)),
        GzipTextKind.OneLetter => Filled(length, () => (byte)'a'),
        GzipTextKind.TwoLetters => Filled(length, () => (byte)('a' + _random.Next(2))),
        GzipTextKind.Period => Period(length, 1 + _random.Next(40)),
        GzipTextKind.FarRepeats => Period(length, 32_768 - _random.Next(3)),
        GzipTextKind.SkewedLetters => Filled(length, () => (byte)Math.Min(255, (int)(-Math.Log(1 - _random.NextDouble()) * 9))),
        _ => Numbers(length),
    };

    public static byte[] Zip(byte[] text, CompressionLevel level)
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, level))
        {
            gzip.Write(text);
        }

        return stored.ToArray();
    }

    private static byte[] Filled(int length, Func<byte> next)
    {
        var text = new byte[length];
        for (var i = 0; i < length; i++)
        {
            text[i] = next();
        }

        return text;
    }

    private byte[] Period(int length, int period)
    {
        var piece = Make(GzipTextKind.Random, period);
        var at = 0;
        return Filled(length, () => piece[at++ % period]);
    }

    private byte[] Numbers(int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(_random.NextDouble() - 0.5) * 100:F6}{(_random.Next(20) == 0 ? '\n' : ',')}");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }
#pragma warning restore CA5394
}
