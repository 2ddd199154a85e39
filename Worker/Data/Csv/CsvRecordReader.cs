using System.Text.Unicode;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Text;

namespace CloudSweep.Worker.Data.Csv;

/// <summary>
/// Cuts UTF-8 text into records (RFC 4180; CRLF or LF) in one reused buffer. The cells are valid until the next read.
/// A quote inside an unquoted cell is an ordinary character.
/// </summary>
internal sealed class CsvRecordReader(Stream stream, byte delimiter) : IDisposable
{
    public const int MaxRecordBytes = 1 << 20;

    private const byte Quote = (byte)'"';
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly TextBuffer _text = new(stream);
    private CsvCell[] _cells = new CsvCell[64];
    private long _nextLine = 1;

    /// <summary>Physical line of the record's start, from 1.</summary>
    public long Line { get; private set; }

    public int CellCount { get; private set; }

    /// <summary>An empty line.</summary>
    public bool IsBlank => CellCount == 1 && _cells[0].Length == 0;

    public ReadOnlySpan<byte> Cell(int index) => _text.Bytes.AsSpan(_cells[index].Start, _cells[index].Length);

    /// <summary>Reads the next record of what is buffered; false = <see cref="FillAsync"/> first.</summary>
    /// <exception cref="RecordFormatException">The text is no CSV.</exception>
    public bool TryRead()
    {
        CellCount = 0;
        Line = _nextLine;
        if (_text.Start == _text.End)
        {
            return false;
        }

        var position = _text.Start;
        while (true)
        {
            var cellEnd = position < _text.End && _text.Bytes[position] == Quote ? QuotedCell(position) : PlainCell(position);
            if (cellEnd < 0)
            {
                return Incomplete();
            }

            if (cellEnd == _text.End || _text.Bytes[cellEnd] == LineFeed)
            {
                Complete(cellEnd);
                return true;
            }

            position = cellEnd + 1;
        }
    }

    /// <summary>Buffers more text; false = the text has ended.</summary>
    public ValueTask<bool> FillAsync(CancellationToken cancellationToken) => _text.FillAsync(cancellationToken);

    public void Dispose() => _text.Dispose();

    /// <summary>Index of the delimiter or line feed behind the cell, the end of the text, or −1 when there is not enough text yet.</summary>
    private int PlainCell(int start)
    {
        var buffer = _text.Bytes;
        var textEnd = _text.End;
        var end = start;
        while (end < textEnd && buffer[end] != delimiter && buffer[end] != LineFeed)
        {
            end++;
        }

        if (end == textEnd && !_text.HasEnded)
        {
            return -1;
        }

        var isLast = end == textEnd || buffer[end] == LineFeed;
        var length = end - start;
        Add(new CsvCell(start, isLast && length > 0 && buffer[end - 1] == CarriageReturn ? length - 1 : length, HasDoubledQuotes: false));
        return end;
    }

    private int QuotedCell(int quote)
    {
        var start = quote + 1;
        var close = start;
        var hasDoubled = false;
        while (true)
        {
            var next = _text.Bytes.AsSpan(close, _text.End - close).IndexOf(Quote);
            if (next < 0)
            {
                return _text.HasEnded ? throw Malformed("a quoted cell is not closed; add the missing quote") : -1;
            }

            close += next;
            if (close + 1 >= _text.End || _text.Bytes[close + 1] != Quote)
            {
                break;
            }

            hasDoubled = true;
            close += 2;
        }

        var after = close + 1;
        if (after + 1 >= _text.End && !_text.HasEnded)
        {
            return -1;
        }

        if (after < _text.End && _text.Bytes[after] == CarriageReturn && (after + 1 == _text.End || _text.Bytes[after + 1] == LineFeed))
        {
            after++;
        }

        if (after < _text.End && _text.Bytes[after] != LineFeed && _text.Bytes[after] != delimiter)
        {
            throw Malformed("text follows a closing quote; double the quotes inside of a quoted cell");
        }

        Add(new CsvCell(start, close - start, hasDoubled));
        return after;
    }

    private void Complete(int end)
    {
        var record = _text.Bytes.AsSpan(_text.Start, end - _text.Start);
        if (record.Length > MaxRecordBytes)
        {
            throw TooLong();
        }

        if (!Utf8.IsValid(record) || record.Contains((byte)0))
        {
            throw Malformed("the text is not UTF-8; save the file as UTF-8, and name compressed files .gz or .zst");
        }

        _nextLine += 1 + record.Count(LineFeed);
        _text.Start = Math.Min(end + 1, _text.End);
        for (var i = 0; i < CellCount; i++)
        {
            if (_cells[i].HasDoubledQuotes)
            {
                _cells[i] = _cells[i] with { Length = Undouble(_text.Bytes.AsSpan(_cells[i].Start, _cells[i].Length)) };
            }
        }
    }

    private static int Undouble(Span<byte> cell)
    {
        var length = 0;
        for (var i = 0; i < cell.Length; i++)
        {
            cell[length++] = cell[i];
            i += cell[i] == Quote ? 1 : 0;
        }

        return length;
    }

    private bool Incomplete()
    {
        CellCount = 0;
        return _text.End - _text.Start > MaxRecordBytes ? throw TooLong() : false;
    }

    private void Add(CsvCell cell)
    {
        if (CellCount == _cells.Length)
        {
            Array.Resize(ref _cells, _cells.Length * 2);
        }

        _cells[CellCount++] = cell;
    }

    private RecordFormatException TooLong() => Malformed($"the record is longer than {MaxRecordBytes} bytes, the most a record may have; check the quotes and line ends");

    private RecordFormatException Malformed(string problem) => new(RecordPlace.Line(Line), problem);
}
