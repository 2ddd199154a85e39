using System.Text;

namespace CloudSweep.Cli.Output;

/// <summary>
/// Writes text without control characters but line ends and tabs. Names of columns, files and reasons are other people's words: an escape sequence in one of them
/// would clear or repaint the reader's terminal (CWE-150). A character that is left out shows as U+FFFD.
/// </summary>
/// <param name="inner">The console's own.</param>
internal sealed class PlainTextWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    private const char Replacement = '\uFFFD';

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(Plain(value));

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(Plain(buffer));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    /// <summary>The text as it would be written.</summary>
    public static string Plain(ReadOnlySpan<char> text)
    {
        var plain = text.ToArray();
        foreach (ref var character in plain.AsSpan())
        {
            character = Plain(character);
        }

        return new string(plain);
    }

    private static char Plain(char value) => char.IsControl(value) && value is not ('\n' or '\r' or '\t') ? Replacement : value;
}
