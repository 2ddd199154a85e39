using System.Globalization;
using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Tests.Data.Formats;

/// <summary>CSV texts with everything in them that readers get wrong, and specs to read them by. The same seed gives the same ones.</summary>
internal sealed class RandomTables(int seed)
{
    private static readonly string[] Odd = ["", "NA", "-999", "-999.0", "nan", "-Inf", " 7 ", "+3", "1e999", "-0.0", ".5", "5.", "-", "1.2.3", "1e", "0x1", "\u00e9t\u00e9", "12a", "\"1\"", "\"a,b\"", "\"say \"\"x\"\"\"", "\"two\nlines\"", "\0", "00000000000000000000000000000001"];

#pragma warning disable CA5394 // Reproducible, not secret.
    private readonly Random _random = new(seed);
    private readonly NumberTexts _numbers = new(seed);

    /// <summary>A text, mostly right, and how to read it.</summary>
    public (byte[] Text, DataSpec Spec) Next()
    {
        var columns = _random.Next(1, 50);
        var rows = _random.Next(1, 300);
        var oddities = _random.Next(3) switch { 0 => 0.0, 1 => 0.001, _ => 0.02 };
        var delimiter = _random.Next(5) switch { 0 => ';', 1 => '\t', _ => ',' };
        var spec = DataFolder.Spec with
        {
            Label = new ColumnSelector.ByIndex(_random.Next(2) == 0 ? 0 : -1),
            Delimiter = delimiter,
            Header = _random.Next(3) switch { 0 => true, 1 => false, _ => null },
            Task = _random.Next(4) == 0 ? LearningTask.Regression : LearningTask.Classification,
            BadRows = new BadRowPolicy(_random.Next(2) == 0 ? BadRowRule.Skip : BadRowRule.Fail, 0.5),
            Missing = _random.Next(3) switch { 0 => [], 1 => ["", "NA", "-999"], _ => MissingCells.Default },
            Columns = [.. Enumerable.Range(0, columns).Where(_ => _random.Next(20) == 0).Select(Settings)],
        };
        return (Encoding.UTF8.GetBytes(Text(columns, rows, oddities, delimiter)), spec);
    }

    private string Text(int columns, int rows, double oddities, char delimiter)
    {
        var text = new StringBuilder(_random.Next(4) == 0 ? "\uFEFF" : "");
        var end = _random.Next(3) == 0 ? "\r\n" : "\n";
        var texts = Enumerable.Range(0, columns).Select(_ => _random.Next(15) == 0).ToArray();
        for (var row = 0; row < rows; row++)
        {
            var cells = _random.NextDouble() < oddities / 4 ? columns + 1 : columns;
            for (var cell = 0; cell <= cells; cell++)
            {
                text.Append(cell == 0 ? "" : delimiter.ToString());
                text.Append(_random.NextDouble() < oddities / 4 ? Odd[_random.Next(Odd.Length)]
                    : cell == 0 || cell >= columns ? _random.Next(4).ToString(CultureInfo.InvariantCulture)
                    : texts[cell] ? "cat" + _random.Next(5)
                    : Number(cell));
            }

            text.Append(row < rows - 1 || _random.Next(2) == 0 ? end : "");
            text.Append(_random.NextDouble() < oddities / 8 ? end : "");
        }

        return text.ToString();
    }

    private string Number(int column) => (column % 4) switch
    {
        0 => _random.Next(300).ToString(CultureInfo.InvariantCulture),
        1 => ((_random.NextDouble() - 0.5) * 1000).ToString("F6", CultureInfo.InvariantCulture),
        2 => ((_random.NextDouble() - 0.5) * 1e-4).ToString("E6", CultureInfo.InvariantCulture),
        _ => _numbers.Next(),
    };

    private ColumnSettings Settings(int column) => _random.Next(3) switch
    {
        0 => new ColumnSettings.Numeric($"c{column}", _random.Next(2) == 0 ? [] : ["-0.0", "7"], null, false),
        1 => new ColumnSettings.Hashed($"c{column}", [], 16, false),
        _ => new ColumnSettings.Category($"c{column}", ["cat1"], false),
    };
#pragma warning restore CA5394
}
