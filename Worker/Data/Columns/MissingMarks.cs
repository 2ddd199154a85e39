using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Text;

namespace CloudSweep.Worker.Data.Columns;

/// <summary>The cells that count as missing in a column: texts are compared byte by byte, and marks that are numbers also by value.</summary>
internal sealed class MissingMarks
{
    private readonly byte[][] _texts;
    private readonly double[] _numbers;

    public MissingMarks(DataSpec data, ColumnSettings? settings)
        : this(data.Missing.Concat(settings?.MissingCells ?? []))
    {
    }

    public MissingMarks(IEnumerable<string> cells)
    {
        _texts = [.. cells.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];
        _numbers = [.. _texts.Select(text => TextNumber.TryParse(text, out var number) && double.IsFinite(number) ? number : double.NaN).Where(double.IsFinite)];
    }

    /// <summary>Those of the label.</summary>
    public static MissingMarks OfLabel(DataSpec data) => new(data.MissingLabels.Append(""));

    public bool HasNumbers => _numbers.Length > 0;

    public bool Has(ReadOnlySpan<byte> cell)
    {
        foreach (var text in _texts)
        {
            if (cell.SequenceEqual(text))
            {
                return true;
            }
        }

        return false;
    }

    public bool Has(double number) => _numbers.AsSpan().Contains(number);
}
