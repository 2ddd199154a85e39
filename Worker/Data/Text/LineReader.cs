using System.Text.Unicode;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Text;

/// <summary>Cuts UTF-8 text into lines (LF or CRLF). A line is valid until the next read.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    public const int MaxLineBytes = 4 << 20;

    private readonly TextBuffer _text = new(stream);
    private int _start;
    private int _length;

    /// <summary>Number of the line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Without its end.</summary>
    public ReadOnlySpan<byte> Line => _text.Bytes.AsSpan(_start, _length);

    /// <summary>Buffers more text; false = the text has ended.</summary>
    public ValueTask<bool> FillAsync(CancellationToken cancellationToken) => _text.FillAsync(cancellationToken);

    /// <summary>Reads the next line of what is buffered; false = <see cref="FillAsync"/> first.</summary>
    /// <exception cref="RecordFormatException">The line is too long or not UTF-8.</exception>
    public bool TryRead()
    {
        var open = _text.Bytes.AsSpan(_text.Start, _text.End - _text.Start);
        var end = open.IndexOf((byte)'\n');
        if ((end < 0 ? open.Length : end) > MaxLineBytes)
        {
            throw Malformed($"the line is longer than {MaxLineBytes} bytes, the most a line may have; check the line ends");
        }

        if (open.IsEmpty || (end < 0 && !_text.HasEnded))
        {
            return false;
        }

        var line = end < 0 ? open : open[..end];
        if (!Utf8.IsValid(line) || line.Contains((byte)0))
        {
            throw Malformed("the text is not UTF-8; save the file as UTF-8, and name compressed files .gz or .zst");
        }

        (_start, _length) = (_text.Start, line.Length - (line.EndsWith("\r"u8) ? 1 : 0));
        _text.Start += Math.Min(line.Length + 1, open.Length);
        Number++;
        return true;
    }

    public void Dispose() => _text.Dispose();

    private RecordFormatException Malformed(string problem) => new(RecordPlace.Line(Number + 1), problem);
}
