using System.Globalization;

namespace CloudSweep.Benchmarks.Harness;

/// <summary>The base library's parser of numbers over UTF-8 text, in a loop and on one thread.</summary>
internal static class ParseLoop
{
    /// <summary>Parses cells that were found before.</summary>
    public static Timing OfCells(byte[] text, (int Start, int Length)[] cells) => Timing.Of(() =>
    {
        var sum = 0f;
        foreach (var (start, length) in cells)
        {
            sum += float.Parse(text.AsSpan(start, length), NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        GC.KeepAlive(sum);
    });

    /// <summary>Finds lines and cells too, as a short program would: the first line is passed over, and the first cell of the others.</summary>
    public static Timing OfText(byte[] text) => Timing.Of(() =>
    {
        var sum = 0f;
        var isFirst = true;
        foreach (var line in text.AsSpan().Split((byte)'\n'))
        {
            ReadOnlySpan<byte> row = text.AsSpan(line);
            var column = 0;
            foreach (var cell in isFirst ? default : row.Split((byte)','))
            {
                sum += column++ == 0 || row[cell].IsEmpty ? 0 : float.Parse(row[cell], NumberStyles.Float, CultureInfo.InvariantCulture);
            }

            isFirst = false;
        }

        GC.KeepAlive(sum);
    });
}
