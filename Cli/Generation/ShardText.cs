using System.Globalization;
using System.Text;

namespace CloudSweep.Cli.Generation;

/// <summary>ASCII text of rows on its way to a shard, through one buffer of fixed size.</summary>
internal sealed class ShardText(Stream stream, Action<long> reportRows, CancellationToken cancellationToken)
{
    // A sign, at most ten digits of a 32-bit number, a point and a separator, twice: nothing between two calls of MakeRoom is longer.
    private const int MaxPieceBytes = 32;
    private const int BufferBytes = 256 * 1024;
    private const int Decimals = 4;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _length;
    private long _unreportedRows;

    public void Write(FormattableString text) => _length += Encoding.ASCII.GetBytes(text.ToString(CultureInfo.InvariantCulture), _buffer.AsSpan(_length));

    public void Write(char ascii) => _buffer[_length++] = (byte)ascii;

    /// <summary>Ten-thousandths, with four decimals.</summary>
    public void WriteDecimal(int units)
    {
        if (units < 0)
        {
            Write('-');
            units = -units;
        }

        WriteWhole(units / DatasetFeatures.UnitsPerOne);
        Write('.');
        WriteWhole(units % DatasetFeatures.UnitsPerOne, atLeast: Decimals);
    }

    /// <param name="number">≥ 0.</param>
    /// <param name="atLeast">Digits; zeros come first.</param>
    public void WriteWhole(int number, int atLeast = 1)
    {
        var digits = 1;
        for (var rest = number / 10; rest > 0; rest /= 10)
        {
            digits++;
        }

        digits = Math.Max(digits, atLeast);
        for (var position = _length + digits - 1; position >= _length; position--)
        {
            _buffer[position] = (byte)('0' + (number % 10));
            number /= 10;
        }

        _length += digits;
    }

    public void EndRow()
    {
        Write('\n');
        _unreportedRows++;
        MakeRoom();
    }

    /// <summary>Has room for the next piece.</summary>
    public void MakeRoom()
    {
        if (_length > BufferBytes - MaxPieceBytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Flush();
        }
    }

    public void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _length = 0;
        reportRows(_unreportedRows);
        _unreportedRows = 0;
    }
}
