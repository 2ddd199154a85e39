using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CloudSweep.Worker.Data.Csv;

/// <summary>
/// Where cells and lines of buffered text end, 64 bytes at a time (Langdale &amp; Lemire 2019), up to the first quote: quotes are left to a closer look.
/// A line is a range of <see cref="Positions"/>.
/// </summary>
internal sealed class SeparatorIndex(byte delimiter)
{
    // Of 64 bytes; eight at a time are written, whether there are as many or not.
    private const int MostOfStep = 64 + 8;

    private int[] _positions = new int[4096];
    private int[] _lines = new int[256];
    private int _lineCount;
    private int _nextLine;
    private int _next;

    /// <summary>Positions of delimiters and line feeds in the text, ascending. The first entry is no position but room for the one before a line.</summary>
    public Span<int> Positions => _positions;

    /// <summary>The first byte that is 0 or not ASCII; the end of the text if there is none.</summary>
    public int FirstOdd { get; private set; }

    /// <summary>Looks through the text, which takes the place of the one before.</summary>
    /// <param name="bytes">The buffer; has <see cref="Text.TextBuffer.Padding"/> bytes behind the text.</param>
    /// <param name="start">First byte of the text.</param>
    /// <param name="end">Behind its last byte.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scan(byte[] bytes, int start, int end)
    {
        (_next, _nextLine) = (1, 0);
        var (count, lineCount, firstOdd) = (1, 0, end);
        ref var text = ref MemoryMarshal.GetArrayDataReference(bytes);
        var delimiters = Vector512.Create(delimiter);
        var lineFeeds = Vector512.Create((byte)'\n');
        var quotes = Vector512.Create((byte)'"');
        for (var position = start; position < end; position += Vector512<byte>.Count)
        {
            // Within the buffer by its padding.
            var block = Vector512.LoadUnsafe(ref text, (nuint)position);
            var known = end - position >= Vector512<byte>.Count ? ulong.MaxValue : (1UL << (end - position)) - 1;
            var quote = Vector512.Equals(block, quotes).ExtractMostSignificantBits() & known;
            if (quote != 0)
            {
                known = quote ^ (quote - 1);
            }

            var odd = (block.ExtractMostSignificantBits() | Vector512.Equals(block, Vector512<byte>.Zero).ExtractMostSignificantBits()) & known;
            if (odd != 0)
            {
                firstOdd = Math.Min(firstOdd, position + BitOperations.TrailingZeroCount(odd));
            }

            var lines = Vector512.Equals(block, lineFeeds).ExtractMostSignificantBits() & known;
            var separators = (Vector512.Equals(block, delimiters).ExtractMostSignificantBits() & known) | lines;
            for (; lines != 0; lines &= lines - 1)
            {
                if (lineCount == _lines.Length)
                {
                    Array.Resize(ref _lines, lineCount * 2);
                }

                _lines[lineCount++] = count + BitOperations.PopCount(separators & ((lines & (~lines + 1)) - 1));
            }

            if (_positions.Length - count < MostOfStep)
            {
                Array.Resize(ref _positions, _positions.Length * 2);
            }

            ref var target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_positions), count);
            count += BitOperations.PopCount(separators);
            while (separators != 0)
            {
                for (var i = 0; i < 8; i++)
                {
                    Unsafe.Add(ref target, i) = position + BitOperations.TrailingZeroCount(separators);
                    separators &= separators - 1;
                }

                target = ref Unsafe.Add(ref target, 8);
            }

            if (quote != 0)
            {
                break;
            }
        }

        (_lineCount, FirstOdd) = (lineCount, firstOdd);
    }

    /// <summary>Takes the next line, if its end was found.</summary>
    /// <param name="first">Index in <see cref="Positions"/> of the end of its first cell.</param>
    /// <param name="count">Its cells.</param>
    public bool TryTake(out int first, out int count)
    {
        first = _next;
        if (_nextLine == _lineCount)
        {
            count = 0;
            return false;
        }

        var last = _lines[_nextLine++];
        count = last - first + 1;
        _next = last + 1;
        return true;
    }

    /// <summary>Forgets the text: there is no line.</summary>
    public void Clear() => (_lineCount, _nextLine, _next) = (0, 0, 1);
}
