using System.Globalization;
using System.Text;

namespace CloudSweep.Worker.Prediction;

/// <summary>Writes rows of CSV (RFC 4180, with LF) as they come.</summary>
internal sealed class PredictionCsv(Stream output) : IDisposable
{
    private readonly StreamWriter _writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
    private readonly char[] _number = new char[32];
    private bool _isBegun;

    /// <summary>A writer that has written the names of its columns.</summary>
    public static PredictionCsv Begin(Stream output, IReadOnlyList<string> columns)
    {
        var csv = new PredictionCsv(output);
        foreach (var column in columns)
        {
            csv.Add(column);
        }

        csv.EndRow();
        return csv;
    }

    public void Add(string text)
    {
        Separate();
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            _writer.Write(text);
        }
        else
        {
            _writer.Write('"');
            _writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
            _writer.Write('"');
        }
    }

    /// <summary>The shortest text that reads back as the same number.</summary>
    public void Add(float number)
    {
        Separate();
        number.TryFormat(_number, out var length, "R", CultureInfo.InvariantCulture);
        _writer.Write(_number, 0, length);
    }

    /// <inheritdoc cref="Add(float)"/>
    public void Add(double number)
    {
        Separate();
        number.TryFormat(_number, out var length, "R", CultureInfo.InvariantCulture);
        _writer.Write(_number, 0, length);
    }

    public void EndRow()
    {
        _writer.Write('\n');
        _isBegun = false;
    }

    public void Dispose() => _writer.Dispose();

    private void Separate()
    {
        if (_isBegun)
        {
            _writer.Write(',');
        }

        _isBegun = true;
    }
}
