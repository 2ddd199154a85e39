using System.Buffers;
using System.Text.Unicode;
using CloudSweep.Worker.Data.Records;

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

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
    private CsvCell[] _cells = new CsvCell[64];
    private int _start;
    private int _end;
    private long _nextLine = 1;
    private bool _begun;
    private bool _ended;

    /// <summary>Physical line of the record's start, from 1.</summary>
    public long Line { get; private set; }

    public int CellCount { get; private set; }

    /// <summary>An empty line.</summary>
    public bool IsBlank => CellCount == 1 && _cells[0].Length == 0;

    public ReadOnlySpan<byte> Cell(int index) => _buffer.AsSpan(_cells[index].Start, _cells[index].Length);

    /// <summary>Reads the next record of what is buffered; false = <see cref="FillAsync"/> first.</summary>
    /// <exception cref="RecordFormatException">The text is no CSV.</exception>
    public bool TryRead()
    {
        CellCount = 0;
        Line = _nextLine;
        if (_start == _end)
        {
            return false;
        }

        var position = _start;
        while (true)
        {
            var cellEnd = position < _end && _buffer[position] == Quote ? QuotedCell(position) : PlainCell(position);
            if (cellEnd < 0)
            {
                return Incomplete();
            }

            if (cellEnd == _end || _buffer[cellEnd] == LineFeed)
            {
                Complete(cellEnd);
                return true;
            }

            position = cellEnd + 1;
        }
    }

    /// <summary>Buffers more text; false = the text has ended.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return false;
        }

        MakeRoom();
        do
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += read;
            _ended = read == 0;
        }
        while (!_begun && !_ended && _end < 3);

        if (!_begun)
        {
            _begun = true;
            _start = _buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8) ? 3 : 0;
        }

        return _start < _end || !_ended;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
        stream.Dispose();
    }

    /// <summary>Index of the delimiter or line feed behind the cell, the end of the text, or −1 when there is not enough text yet.</summary>
    private int PlainCell(int start)
    {
        var buffer = _buffer;
        var end = start;
        while (end < _end && buffer[end] != delimiter && buffer[end] != LineFeed)
        {
            end++;
        }

        if (end == _end && !_ended)
        {
            return -1;
        }

        var isLast = end == _end || buffer[end] == LineFeed;
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
            var next = _buffer.AsSpan(close, _end - close).IndexOf(Quote);
            if (next < 0)
            {
                return _ended ? throw Malformed("a quoted cell is not closed; add the missing quote") : -1;
            }

            close += next;
            if (close + 1 >= _end || _buffer[close + 1] != Quote)
            {
                break;
            }

            hasDoubled = true;
            close += 2;
        }

        var after = close + 1;
        if (after + 1 >= _end && !_ended)
        {
            return -1;
        }

        if (after < _end && _buffer[after] == CarriageReturn && (after + 1 == _end || _buffer[after + 1] == LineFeed))
        {
            after++;
        }

        if (after < _end && _buffer[after] != LineFeed && _buffer[after] != delimiter)
        {
            throw Malformed("text follows a closing quote; double the quotes inside of a quoted cell");
        }

        Add(new CsvCell(start, close - start, hasDoubled));
        return after;
    }

    private void Complete(int end)
    {
        var record = _buffer.AsSpan(_start, end - _start);
        if (record.Length > MaxRecordBytes)
        {
            throw TooLong();
        }

        if (!Utf8.IsValid(record) || record.Contains((byte)0))
        {
            throw Malformed("the text is not UTF-8; save the file as UTF-8, and name compressed files .gz");
        }

        _nextLine += 1 + record.Count(LineFeed);
        _start = Math.Min(end + 1, _end);
        for (var i = 0; i < CellCount; i++)
        {
            if (_cells[i].HasDoubledQuotes)
            {
                _cells[i] = _cells[i] with { Length = Undouble(_buffer.AsSpan(_cells[i].Start, _cells[i].Length)) };
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
        return _end - _start > MaxRecordBytes ? throw TooLong() : false;
    }

    private void MakeRoom()
    {
        var open = _end - _start;
        if (open > _buffer.Length / 2)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(_start, open).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_start, open).CopyTo(_buffer);
        }

        _start = 0;
        _end = open;
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
