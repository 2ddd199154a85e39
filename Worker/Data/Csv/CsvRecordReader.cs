using System.Text.Unicode;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Text;

namespace CloudSweep.Worker.Data.Csv;

/// <summary>
/// Cuts UTF-8 text into records (RFC 4180; CRLF or LF) in one reused buffer. The cells are valid until the next read.
/// A quote inside an unquoted cell is an ordinary character.
/// </summary>
/// <remarks>
/// What is buffered is searched for separators all at once. Records with a quote, and a last one without an end, are taken apart byte by byte.
/// </remarks>
internal sealed partial class CsvRecordReader(Stream stream, byte delimiter) : IDisposable
{
    public const int MaxRecordBytes = 1 << 20;

    private const byte Quote = (byte)'"';
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly TextBuffer _text = new(stream);
    private readonly SeparatorIndex _index = new(delimiter);
    private CsvCell[] _cells = new CsvCell[64];
    private long _nextLine = 1;
    private bool _isIndexed;

    // Of a record of the index: where the ends of its cells are; else −1, and the cells are in their list.
    private int _firstEnd;

    /// <summary>Physical line of the record's start, from 1.</summary>
    public long Line { get; private set; }

    public int CellCount { get; private set; }

    /// <summary>An empty line.</summary>
    public bool IsBlank => CellCount == 1 && Cell(0).Length == 0;

    public ReadOnlySpan<byte> Cell(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)CellCount, nameof(index));
        if (_firstEnd < 0)
        {
            return _text.Bytes.AsSpan(_cells[index].Start, _cells[index].Length);
        }

        var start = _index.Positions[_firstEnd + index - 1] + 1;
        return _text.Bytes.AsSpan(start, _index.Positions[_firstEnd + index] - start);
    }

    /// <summary>Reads cells as finite numbers, up to the first that needs a closer look.</summary>
    /// <param name="cells">Indices of the cells, each within the record.</param>
    /// <param name="values">Receives their numbers.</param>
    /// <returns>How many were read.</returns>
    public int ReadNumbers(ReadOnlySpan<int> cells, Span<double> values) =>
        _firstEnd < 0 ? 0 : PaddedNumber.Read(_text.Bytes, _index.Positions.Slice(_firstEnd - 1, CellCount + 1), cells, values);

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

        if (!_isIndexed)
        {
            _index.Scan(_text.Bytes, _text.Start, _text.End);
            _isIndexed = true;
        }

        if (!_index.TryTake(out var firstEnd, out var count))
        {
            return TryReadClosely();
        }

        var ends = _index.Positions.Slice(firstEnd - 1, count + 1);
        var end = ends[count];
        if (end - _text.Start > MaxRecordBytes)
        {
            throw TooLong();
        }

        if (_index.FirstOdd < end)
        {
            CheckText(_text.Bytes.AsSpan(_text.Start, end - _text.Start));
        }

        ends[0] = _text.Start - 1;
        if (end - ends[count - 1] > 1 && _text.Bytes[end - 1] == CarriageReturn)
        {
            ends[count] = end - 1;
        }

        (_firstEnd, CellCount) = (firstEnd, count);
        _text.Start = end + 1;
        _nextLine++;
        return true;
    }

    /// <summary>Buffers more text; false = the text has ended.</summary>
    public ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _isIndexed = false;
        return _text.FillAsync(cancellationToken);
    }

    public void Dispose() => _text.Dispose();

    private void CheckText(ReadOnlySpan<byte> record)
    {
        if (!Utf8.IsValid(record) || record.Contains((byte)0))
        {
            throw Malformed("the text is not UTF-8; save the file as UTF-8, and name compressed files .gz or .zst");
        }
    }

    private RecordFormatException TooLong() => Malformed($"the record is longer than {MaxRecordBytes} bytes, the most a record may have; check the quotes and line ends");

    private RecordFormatException Malformed(string problem) => new(RecordPlace.Line(Line), problem);
}
