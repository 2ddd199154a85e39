namespace CloudSweep.Worker.Data.Csv;

/// <content>Records that are taken apart byte by byte.</content>
internal sealed partial class CsvRecordReader
{
    private bool TryReadClosely()
    {
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

        CheckText(record);
        _nextLine += 1 + record.Count(LineFeed);
        _text.Start = Math.Min(end + 1, _text.End);
        (_firstEnd, _isIndexed) = (-1, false);
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
}
