using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Tests.Data.Formats;
using Parquet.Schema;

namespace CloudSweep.Worker.Tests.Prediction;

/// <summary>Rows of numbers, categories and hashed texts, each with missing cells, and a class and a number to predict.</summary>
internal static class MixedTable
{
    public static readonly string[] Columns = ["age", "income", "city", "zip", "plan", "same", "label"];

    public static DataSpec Spec(DataSpec of, LearningTask task) => of with
    {
        Task = task,
        Scale = FeatureScale.Standard,
        Clip = 2,
        Missing = ["", "NA"],
        Validation = new ValidationSplit(0.3, 4),
        Columns =
        [
            new ColumnSettings.Category("city", ["none"], IsMissingACategory: true),
            new ColumnSettings.Numeric("income", ["-999"], 12.5, HasIndicator: true),
            new ColumnSettings.Hashed("zip", [], 7, IsMissingACategory: true),
        ],
    };

    /// <summary>Cells of a row as <see cref="Columns"/> has them. The city of row 17 occurs once.</summary>
    public static string[] Row(int row, LearningTask task)
    {
        var age = 20 + (60 * Draw(row, 0));
        var city = row == 17 ? "Atlantis" : new[] { "Berlin", "Bonn, am Rhein", "Köln", "" }[(int)(4 * Draw(row, 1))];
        var zip = (int)(40 * Draw(row, 2));
        var known = Draw(row, 3) < 0.7;
        var score = (age / 30) + city.Length + (zip % 3) + (known ? 0 : 3);
        return
        [
            Draw(row, 4) < 0.1 ? "NA" : age.ToString("R", CultureInfo.InvariantCulture),
            known ? (1000 * Draw(row, 5)).ToString("R", CultureInfo.InvariantCulture) : "-999",
            Draw(row, 6) < 0.1 ? "none" : city,
            Draw(row, 7) < 0.1 ? "" : zip.ToString("00000", CultureInfo.InvariantCulture),
            Draw(row, 8) < 0.1 ? "NA" : Draw(row, 9) < 0.5 ? "gold" : "free",
            "x",
            task == LearningTask.Regression ? score.ToString("R", CultureInfo.InvariantCulture) : score > 12 ? "yes" : "no",
        ];
    }

    public static string Csv(IEnumerable<string[]> rows) => string.Concat(rows.Prepend(Columns).Select(Line));

    /// <summary>The columns from last to first, beside one that no model knows.</summary>
    public static string TurnedCsv(IEnumerable<string[]> rows) =>
        string.Concat(rows.Prepend(Columns).Select((row, index) => Line([index == 0 ? "note" : "not a number", .. row.Reverse()])));

    /// <summary>Numbers as float64 and texts, both null where a cell is empty or NA.</summary>
    public static Task<byte[]> ParquetAsync(IEnumerable<string[]> rows)
    {
        var fields = Columns.Select(Field (name) => name is "age" or "income" ? new DataField<double?>(name) : new DataField<string>(name)).ToArray();
        return TableFiles.ParquetAsync(fields, rows.Chunk(50), async (group, chunk) =>
        {
            foreach (var (column, field) in fields.Index())
            {
                var cells = chunk.Select(row => row[column] is "" or "NA" ? null : row[column]).ToArray();
                await (field is DataField<string>
                    ? group.PutTextAsync(field, cells)
                    : group.PutNullableAsync<double>(field, [.. cells.Select(cell => cell is null ? (double?)null : double.Parse(cell, CultureInfo.InvariantCulture))]));
            }
        });
    }

    private static string Line(string[] cells) => string.Join(',', cells.Select(cell => cell.Contains(',', StringComparison.Ordinal) ? $"\"{cell}\"" : cell)) + "\n";

    private static double Draw(int row, int column) => KeyedRandom.UnitInterval(5, RandomPurpose.SyntheticFeature, row, column);
}
