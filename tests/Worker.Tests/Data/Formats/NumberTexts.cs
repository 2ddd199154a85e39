using System.Globalization;
using System.Numerics;

namespace CloudSweep.Worker.Tests.Data.Formats;

/// <summary>Texts of finite numbers in the shapes that parsers get wrong.</summary>
internal sealed class NumberTexts(int seed)
{
    private static readonly string[] Formats = ["R", "G17", "E16", "F3", "G4", "E0"];

#pragma warning disable CA5394 // Reproducible, not secret.
    private readonly Random _random = new(seed);

    public string Next() => _random.Next(7) switch
    {
        0 => Text(RandomBits(), "R"),
        1 => Text(RandomBits(), Formats[_random.Next(Formats.Length)]) is { Length: < 400 } text ? text : "0",
        2 => Digits(_random.Next(1, 20), point: true),
        3 => $"{Digits(_random.Next(1, 40), point: true)}e{_random.Next(-330, 310)}",
        4 => Halfway(),
        5 => Text(BitConverter.Int64BitsToDouble(_random.NextInt64(1L << 52)), "R"),
        _ => Text(Math.Round(_random.NextDouble() * 1000, _random.Next(6)), "R"),
    };

    private double RandomBits()
    {
        while (true)
        {
            var value = BitConverter.Int64BitsToDouble(_random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                return value;
            }
        }
    }

    private string Digits(int count, bool point)
    {
        Span<char> digits = stackalloc char[count];
        for (var i = 0; i < count; i++)
        {
            digits[i] = (char)('0' + _random.Next(10));
        }

        var text = digits.ToString();
        if (point && count > 1)
        {
            text = text.Insert(_random.Next(count + 1), ".");
        }

        return _random.Next(3) switch { 0 => "-" + text, 1 => "+" + text, _ => text };
    }

    /// <summary>The exact decimal of the middle between two neighbours, or a digit above or below it.</summary>
    private string Halfway()
    {
        // A whole number of 54 bits with the last one set lies in the middle; times a power of two it stays there.
        var middle = new BigInteger(_random.NextInt64(1L << 53, 1L << 54) | 1) << _random.Next(0, 200);
        var text = middle.ToString(CultureInfo.InvariantCulture);
        return _random.Next(3) switch
        {
            0 => text,
            1 => text + ".0000000000000000000000001",
            _ => (middle - 1).ToString(CultureInfo.InvariantCulture) + ".9999999999999999999999999",
        };
    }
#pragma warning restore CA5394

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
