using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Rules of feature columns: lists, settings of single columns, cells that count as missing.</summary>
internal static class ColumnRules
{
    private const int MaxMissingCells = 100;
    private const int MaxCellLength = 64;
    private const int MaxBuckets = 1_000_000;

    public static void Check(DataSpec data, List<SpecViolation> violations)
    {
        Lists(data, violations);
        MissingCells("data.missing", data.Missing, violations);
        foreach (var repeated in data.Columns.GroupBy(column => column.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            violations.Add(new SpecViolation($"data.features.columns.{repeated.Key}", $"'{repeated.Key}' has settings twice; remove one."));
        }

        foreach (var column in data.Columns)
        {
            Settings(column, data, $"data.features.columns.{column.Name}", violations);
        }

        if (data.Header == false && data.Include.Concat(data.Exclude).Concat(data.Columns.Select(column => column.Name)).FirstOrDefault(name => !IsPosition(name)) is { } named)
        {
            violations.Add(new SpecViolation("data.features", $"'{named}' is a name, but data.header is false, so columns are named by their positions. Write c0 for the first, c1 for the second, or add a header line to the shards."));
        }
    }

    private static void Lists(DataSpec data, List<SpecViolation> violations)
    {
        foreach (var (list, key) in new[] { (data.Include, "include"), (data.Exclude, "exclude") })
        {
            foreach (var repeated in list.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            {
                violations.Add(new SpecViolation($"data.features.{key}", $"'{repeated.Key}' is listed twice; remove one."));
            }

            if (data.Label is ColumnSelector.ByName label && list.Contains(label.Name, StringComparer.Ordinal))
            {
                violations.Add(new SpecViolation($"data.features.{key}", $"'{label.Name}' is the label and never a feature; remove it from the list."));
            }
        }

        foreach (var name in data.Include.Intersect(data.Exclude, StringComparer.Ordinal))
        {
            violations.Add(new SpecViolation("data.features", $"'{name}' is both included and excluded; remove it from one of the lists."));
        }
    }

    private static void Settings(ColumnSettings column, DataSpec data, string field, List<SpecViolation> violations)
    {
        if (data.Label is ColumnSelector.ByName label && label.Name == column.Name)
        {
            violations.Add(new SpecViolation(field, $"'{column.Name}' is the label and never a feature; remove its settings."));
        }
        else if (data.Exclude.Contains(column.Name, StringComparer.Ordinal) || (data.Include.Count > 0 && !data.Include.Contains(column.Name, StringComparer.Ordinal)))
        {
            violations.Add(new SpecViolation(field, $"'{column.Name}' has settings but is no feature by data.features.include and exclude; remove the settings or make it one."));
        }

        MissingCells($"{field}.missingCells", column.MissingCells, violations);
        switch (column)
        {
            case ColumnSettings.Numeric { Fill: { } fill } when !double.IsFinite(fill):
                violations.Add(new SpecViolation($"{field}.missing", SweepSpecRules.Text($"{fill} is not finite; use mean or a finite number.")));
                break;
            case ColumnSettings.Hashed { Buckets: < 2 or > MaxBuckets } hashed:
                violations.Add(new SpecViolation($"{field}.buckets", SweepSpecRules.Text($"{hashed.Buckets} is out of range; use 2 to {MaxBuckets}.")));
                break;
        }
    }

    private static void MissingCells(string field, IReadOnlyList<string> cells, List<SpecViolation> violations)
    {
        if (cells.Count > MaxMissingCells)
        {
            violations.Add(new SpecViolation(field, SweepSpecRules.Text($"Lists {cells.Count} cells; at most {MaxMissingCells} are allowed. Keep those that occur.")));
        }

        if (cells.FirstOrDefault(cell => cell.Length > MaxCellLength) is { } cell)
        {
            violations.Add(new SpecViolation(field, SweepSpecRules.Text($"Lists a cell of {cell.Length} characters; at most {MaxCellLength} are allowed. Use a short mark such as NA.")));
        }

        foreach (var repeated in cells.GroupBy(text => text, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            violations.Add(new SpecViolation(field, $"\"{repeated.Key}\" is listed twice; remove one."));
        }
    }

    private static bool IsPosition(string name) =>
        name.Length is > 1 and < 8 && name[0] == 'c' && name.Skip(1).All(char.IsAsciiDigit) && (name.Length == 2 || name[1] != '0');
}
