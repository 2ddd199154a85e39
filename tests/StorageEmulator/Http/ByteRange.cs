using System.Globalization;

namespace CloudSweep.StorageEmulator.Http;

/// <summary>One range of bytes as a request asks for it: <c>a-b</c>, <c>a-</c> or <c>-n</c>.</summary>
/// <param name="Start">First byte; null for the last <paramref name="End"/> bytes.</param>
/// <param name="End">Last byte, or the number of last bytes; null for all from the start on.</param>
internal sealed record ByteRange(long? Start, long? End)
{
    /// <summary>Reads a Range header; null where there is none, or none that the service understands, which it then ignores.</summary>
    public static ByteRange? Parse(string? header)
    {
        const string Unit = "bytes=";
        if (header is null || !header.StartsWith(Unit, StringComparison.Ordinal) || header[Unit.Length..].Split('-') is not [var first, var last])
        {
            return null;
        }

        var start = Number(first);
        var end = Number(last);
        var isReadable = (start is not null || first.Length == 0) && (end is not null || last.Length == 0) && (start ?? end) is not null;
        return isReadable && !(start > end) ? new ByteRange(start, end) : null;
    }

    /// <summary>The first byte and the number of bytes in an object of <paramref name="size"/> bytes; null where none of it is in the object (416).</summary>
    public (long Offset, long Length)? In(long size)
    {
        var offset = Start ?? Math.Max(0, size - End!.Value);
        var end = Start is null ? size : Math.Min(size, (End ?? size - 1) + 1);
        return offset < end ? (offset, end - offset) : null;
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
