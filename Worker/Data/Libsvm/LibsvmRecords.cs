using System.Buffers.Text;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Text;

namespace CloudSweep.Worker.Data.Libsvm;

/// <summary>
/// The records of a LIBSVM shard: <c>label index:value …</c> with ascending indices from 1. They are what CSV without a header
/// would have: the label is cell 0 and index i is cell i, 0 where a row has no such entry.
/// </summary>
/// <param name="lines">The text.</param>
/// <param name="features">Features of every row: the highest index that a row may have.</param>
internal sealed class LibsvmRecords(LineReader lines, int features) : IRecordReader
{
    private readonly double[] _values = new double[features + 1];
    private readonly List<LibsvmEntry> _entries = [];
    private int _labelStart;
    private int _labelLength;

    public IReadOnlyList<string> Columns { get; } = [.. Enumerable.Range(0, features + 1).Select(RecordSchema.PositionName)];

    public bool IsSparse => true;

    public RecordKind Kind { get; private set; }

    public RecordPlace Place => RecordPlace.Line(lines.Number);

    public int CellCount => Columns.Count;

    public string? Problem { get; private set; }

    public ValueTask<bool> FillAsync(CancellationToken cancellationToken) => lines.FillAsync(cancellationToken);

    public bool TryRead()
    {
        while (lines.TryRead())
        {
            var content = LibsvmLine.ContentOf(lines.Line);
            if (content.IsEmpty && !lines.Line.Trim(LibsvmLine.Spaces).IsEmpty)
            {
                // A comment of its own is no record.
                continue;
            }

            Kind = content.IsEmpty ? RecordKind.Blank : RecordKind.Row;
            Clear();
            if (Kind == RecordKind.Row)
            {
                Problem = Parse(content);
            }

            return true;
        }

        return false;
    }

    public ReadOnlySpan<byte> Text(int cell)
    {
        if (cell == 0)
        {
            return lines.Line.Slice(_labelStart, _labelLength);
        }

        var entry = _entries.Find(entry => entry.Index == cell);
        return entry.Index == 0 ? "0"u8 : lines.Line.Slice(entry.Start, entry.Length);
    }

    public CellNumber Number(int cell, out double value)
    {
        if (cell == 0)
        {
            return TextNumber.Read(Text(0), out value);
        }

        value = _values[cell];

        // Only what is no number is looked at twice.
        return double.IsNaN(value) ? TextNumber.Read(Text(cell), out value) : CellNumber.Number;
    }

    public void Dispose() => lines.Dispose();

    private void Clear()
    {
        foreach (var entry in _entries)
        {
            _values[entry.Index] = 0;
        }

        _entries.Clear();
        Problem = null;
        _labelLength = 0;
    }

    /// <summary>Takes the line apart; what is wrong with it, or null.</summary>
    private string? Parse(ReadOnlySpan<byte> content)
    {
        var position = 0;
        var label = LibsvmLine.NextToken(content, ref position);
        if (label.Contains((byte)':') || label.Contains((byte)','))
        {
            return label.Contains((byte)':')
                ? "the line starts with an index and has no label; put one label first"
                : "the line has several labels; put one label first";
        }

        var sign = label is [(byte)'+', ..] ? 1 : 0;
        (_labelStart, _labelLength) = (position - label.Length + sign, label.Length - sign);
        for (var token = LibsvmLine.NextToken(content, ref position); !token.IsEmpty; token = LibsvmLine.NextToken(content, ref position))
        {
            if (!token.StartsWith("qid:"u8) && Add(token, position - token.Length) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? Add(ReadOnlySpan<byte> token, int start)
    {
        var colon = token.IndexOf((byte)':');
        if (colon <= 0 || !Utf8Parser.TryParse(token[..colon], out int index, out var used) || used != colon)
        {
            return $"entry {_entries.Count + 1} is not index:value with a whole number before the colon; correct it or take it out";
        }

        if (colon == token.Length - 1)
        {
            return $"index {index} has no value; write index:value, or leave the entry out for 0";
        }

        if (index < 1)
        {
            return $"index {index} is below 1; LIBSVM counts features from 1, so add 1 to all indices";
        }

        if (_entries.Count > 0 && index <= _entries[^1].Index)
        {
            return $"index {index} follows {_entries[^1].Index}; indices must ascend and occur once, so sort the line";
        }

        if (index > features)
        {
            return $"index {index} is over {features}, the most that it may be; correct it or raise data.features.count (at most {LibsvmLine.MaxFeatures})";
        }

        var text = token[(colon + 1)..];
        _entries.Add(new LibsvmEntry(index, start + colon + 1, text.Length));
        if (TextNumber.Read(text, out _values[index]) != CellNumber.Number)
        {
            _values[index] = double.NaN;
        }

        return null;
    }
}
