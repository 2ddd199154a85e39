using System.Globalization;
using System.Text;

namespace CloudSweep.Cli.Generation;

/// <summary>Writes rows as CSV through one buffer of fixed size.</summary>
internal sealed class CsvShardWriter(Stream stream, Action<long> reportRows)
{
    // A sign, at most ten digits of a 32-bit number, a point and a separator.
    private const int MaxCellBytes = 16;
    private const int BufferBytes = 256 * 1024;
    private const int Decimals = 4;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _length;
    private long _unreportedRows;

    /// <summary>Writes the header and the rows from <paramref name="firstRow"/> up to but without <paramref name="endRow"/>.</summary>
    public void Write(SyntheticDataset dataset, long firstRow, long endRow, CancellationToken cancellationToken)
    {
        WriteHeader(dataset.Settings.Features);
        var row = new SyntheticRow(dataset);
        for (var number = firstRow; number < endRow; number++)
        {
            row.MoveTo(number);
            foreach (var feature in row.Features)
            {
                WriteDecimal(feature);
                _buffer[_length++] = (byte)',';
                MakeRoom(cancellationToken);
            }

            WriteLabel(row.Label, dataset.Settings.HasClasses);
            _unreportedRows++;
            MakeRoom(cancellationToken);
        }

        Flush();
    }

    private void WriteHeader(int features)
    {
        for (var feature = 1; feature <= features; feature++)
        {
            _length += Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"x{feature},"), _buffer.AsSpan(_length));
            MakeRoom(CancellationToken.None);
        }

        _length += Encoding.ASCII.GetBytes("label\n", _buffer.AsSpan(_length));
    }

    private void WriteLabel(int label, bool isClass)
    {
        if (isClass)
        {
            WriteDigits(label, atLeast: 1);
        }
        else
        {
            WriteDecimal(label);
        }

        _buffer[_length++] = (byte)'\n';
    }

    private void WriteDecimal(int units)
    {
        if (units < 0)
        {
            _buffer[_length++] = (byte)'-';
            units = -units;
        }

        WriteDigits(units / SyntheticFeatures.UnitsPerOne, atLeast: 1);
        _buffer[_length++] = (byte)'.';
        WriteDigits(units % SyntheticFeatures.UnitsPerOne, atLeast: Decimals);
    }

    private void WriteDigits(int number, int atLeast)
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

    private void MakeRoom(CancellationToken cancellationToken)
    {
        if (_length > BufferBytes - MaxCellBytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Flush();
        }
    }

    private void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _length = 0;
        reportRows(_unreportedRows);
        _unreportedRows = 0;
    }
}
