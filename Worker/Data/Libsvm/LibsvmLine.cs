using System.Buffers.Text;
using CloudSweep.Worker.Data.Text;

namespace CloudSweep.Worker.Data.Libsvm;

/// <summary>What a LIBSVM line is made of.</summary>
internal static class LibsvmLine
{
    /// <summary>Rows are kept dense, so a row of the most features is 800 kB and a block of 64 rows 51 MB.</summary>
    public const int MaxFeatures = 100_000;

    public static ReadOnlySpan<byte> Spaces => " \t\r"u8;

    /// <summary>The line without its comment and the space around it.</summary>
    public static ReadOnlySpan<byte> ContentOf(ReadOnlySpan<byte> line)
    {
        var comment = line.IndexOf((byte)'#');
        return (comment < 0 ? line : line[..comment]).TrimEnd(Spaces);
    }

    /// <summary>The next piece between spaces, and in <paramref name="position"/> its end; empty at the end.</summary>
    public static ReadOnlySpan<byte> NextToken(ReadOnlySpan<byte> content, ref int position)
    {
        while (position < content.Length && Spaces.Contains(content[position]))
        {
            position++;
        }

        var rest = content[position..];
        var length = rest.IndexOfAny(Spaces);
        var token = length < 0 ? rest : rest[..length];
        position += token.Length;
        return token;
    }

    /// <summary>Whether a line looks like <c>label index:value …</c>.</summary>
    public static bool Looks(ReadOnlySpan<byte> line)
    {
        var content = ContentOf(line);
        var position = 0;
        if (!TextNumber.TryParse(NextToken(content, ref position), out _))
        {
            return false;
        }

        var entries = 0;
        for (var token = NextToken(content, ref position); !token.IsEmpty; token = NextToken(content, ref position))
        {
            if (!token.StartsWith("qid:"u8) && IndexOf(token) == 0)
            {
                return false;
            }

            entries++;
        }

        return entries > 0;
    }

    /// <summary>The highest index of any line up to <paramref name="mostBytes"/> of text; lines that are not LIBSVM are left to their reader.</summary>
    public static async Task<int> HighestIndexAsync(Stream text, long mostBytes, CancellationToken cancellationToken)
    {
        using var lines = new LineReader(text);
        var highest = 0;
        var bytes = 0L;
        while (bytes < mostBytes && await lines.FillAsync(cancellationToken))
        {
            while (lines.TryRead())
            {
                highest = Math.Max(highest, HighestIndexOf(ContentOf(lines.Line)));
                bytes += lines.Line.Length + 1;
            }
        }

        return Math.Min(highest, MaxFeatures);
    }

    private static int HighestIndexOf(ReadOnlySpan<byte> content)
    {
        var highest = 0;
        var position = 0;
        for (var token = NextToken(content, ref position); !token.IsEmpty; token = NextToken(content, ref position))
        {
            highest = Math.Max(highest, IndexOf(token));
        }

        return highest;
    }

    /// <summary>Index of an entry; 0 when it is none.</summary>
    private static int IndexOf(ReadOnlySpan<byte> token)
    {
        var colon = token.IndexOf((byte)':');
        return colon > 0 && Utf8Parser.TryParse(token[..colon], out int index, out var used) && used == colon && index > 0 ? index : 0;
    }
}
