using System.Text;

namespace CloudSweep.Cli.Results;

/// <summary>Builds CSV text (RFC 4180, with LF).</summary>
internal sealed class CsvText
{
    private readonly StringBuilder _text = new();

    public CsvText Add(params ReadOnlySpan<string> cells)
    {
        for (var index = 0; index < cells.Length; index++)
        {
            _text.Append(index == 0 ? "" : ",").Append(Quote(cells[index]));
        }

        _text.Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
