using System.Globalization;
using CloudSweep.Worker.Data.Text;

namespace CloudSweep.Worker.Data.Parquet;

/// <summary>The double that is nearest to a decimal, which .NET's conversion does not always give.</summary>
internal static class ExactDecimal
{
    public static double ToDouble(decimal value)
    {
        Span<byte> text = stackalloc byte[64];
        return value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture) && TextNumber.TryParse(text[..length], out var number)
            ? number
            : throw new InvalidOperationException("A decimal has a text of at most 31 characters, and that is a number.");
    }
}
