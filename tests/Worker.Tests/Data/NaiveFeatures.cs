using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>
/// The features of a table as docs/sweep-file.md defines them, worked out from the cells alone: two passes, one cell at a time. Scale standard.
/// </summary>
internal sealed class NaiveFeatures(IReadOnlyList<string[]> trainRows, DataSpec data, string[] names)
{
    public float[] Of(string[] row) => [.. Enumerable.Range(0, names.Length).SelectMany(column => Column(column, row[column]))];

    private IEnumerable<float> Column(int column, string cell)
    {
        var settings = data.Columns.SingleOrDefault(candidate => candidate.Name == names[column]);
        var seen = trainRows.Select(row => row[column]).ToArray();
        var isMissing = IsMissing(settings, cell);
        var missing = seen.Count(text => IsMissing(settings, text));
        return settings switch
        {
            ColumnSettings.Numeric numeric => Number(numeric, [.. seen.Where(text => !IsMissing(settings, text)).Select(Parse)], missing, isMissing ? null : Parse(cell)),
            ColumnSettings.Category category => OneHot(category, [.. seen.Where(text => !IsMissing(settings, text))], missing, isMissing ? null : cell),
            ColumnSettings.Hashed hashed => Buckets(hashed, missing < seen.Length, missing, isMissing ? null : cell),
            _ => throw new InvalidOperationException("Every column of the table has settings."),
        };
    }

    private IEnumerable<float> Number(ColumnSettings.Numeric settings, double[] values, int missing, double? value)
    {
        if (values.Length == 0)
        {
            yield break;
        }

        var counted = settings.Fill is { } constant ? [.. values, .. Enumerable.Repeat(constant, missing)] : values;
        var mean = counted.Average();
        if (counted.Min() < counted.Max())
        {
            var deviation = Math.Sqrt(counted.Sum(number => (number - mean) * (number - mean)) / counted.Length);
            yield return (float)Math.Clamp(((value ?? settings.Fill ?? mean) - mean) / deviation, -data.Clip, data.Clip);
        }

        if (settings.HasIndicator && missing > 0)
        {
            yield return value is null ? 1 : 0;
        }
    }

    private static IEnumerable<float> OneHot(ColumnSettings.Category settings, string[] values, int missing, string? value)
    {
        foreach (var category in values.Distinct().Order(StringComparer.Ordinal).Where(category => missing > 0 || values.Any(other => other != category)))
        {
            yield return value == category ? 1 : 0;
        }

        if (settings.IsMissingACategory && missing > 0 && values.Length > 0)
        {
            yield return value is null ? 1 : 0;
        }
    }

    private static IEnumerable<float> Buckets(ColumnSettings.Hashed settings, bool hasValues, int missing, string? value)
    {
        if (!hasValues)
        {
            yield break;
        }

        var bucket = value is null ? -1 : (int)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(value)) % (ulong)settings.Buckets);
        for (var i = 0; i < settings.Buckets; i++)
        {
            yield return i == bucket ? 1 : 0;
        }

        if (settings.IsMissingACategory && missing > 0)
        {
            yield return value is null ? 1 : 0;
        }
    }

    private bool IsMissing(ColumnSettings? settings, string cell) => data.Missing.Contains(cell) || settings!.MissingCells.Contains(cell);

    private static double Parse(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
