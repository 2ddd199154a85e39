using System.Globalization;
using System.Text;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Text;

/// <summary>Numbers of UTF-8 cells, bit-equal to <see cref="double.Parse(string, IFormatProvider)"/> with the invariant culture and no thousands.</summary>
internal static class TextNumber
{
    private const int MaxExactDigits = 15;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private static readonly string[] NonFinite = ["nan", "inf", "infinity"];

    public static bool TryParse(ReadOnlySpan<byte> cell, out double value) =>
        TryParseShort(cell, out value) || double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>The cell as a number; a spelling of NaN or an infinity that is no number elsewhere is NaN.</summary>
    public static CellNumber Read(ReadOnlySpan<byte> cell, out double value)
    {
        if (TryParse(cell, out value))
        {
            return CellNumber.Number;
        }

        if (IsNonFiniteWord(cell))
        {
            value = double.NaN;
            return CellNumber.Number;
        }

        return cell.IsEmpty ? CellNumber.Missing : CellNumber.NotANumber;
    }

    /// <summary>A spelling of NaN or an infinity, of whatever program.</summary>
    public static bool IsNonFiniteWord(ReadOnlySpan<byte> cell)
    {
        cell = cell.TrimStart("+-"u8);
        foreach (var word in NonFinite)
        {
            if (Ascii.EqualsIgnoreCase(cell, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Digits with at most one point. Up to 15 digits and a power of ten up to 10¹⁵ are exact in a double, so that
    /// their quotient is the correctly rounded value (Clinger 1990).
    /// </summary>
    private static bool TryParseShort(ReadOnlySpan<byte> cell, out double value)
    {
        value = 0;
        var isNegative = cell.Length > 0 && cell[0] == '-';
        var digits = 0L;
        var point = -1;
        var count = 0;
        for (var i = isNegative ? 1 : 0; i < cell.Length; i++)
        {
            var digit = (uint)cell[i] - '0';
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
                if (++count > MaxExactDigits)
                {
                    return false;
                }
            }
            else if (cell[i] == '.' && point < 0)
            {
                point = count;
            }
            else
            {
                return false;
            }
        }

        if (count == 0)
        {
            return false;
        }

        value = point < 0 ? digits : digits / PowersOfTen[count - point];
        value = isNegative ? -value : value;
        return true;
    }
}
