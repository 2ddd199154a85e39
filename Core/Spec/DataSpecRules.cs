using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Rules of the <c>data</c> section.</summary>
internal static class DataSpecRules
{
    public static void Check(DataSpec data, List<SpecViolation> violations)
    {
        Pattern("data.train", data.Train, data.Format, violations);
        Pattern("data.validation.uri", data.ValidationFiles, data.Format, violations);
        Pattern("data.test", data.Test, data.Format, violations);
        if (data.Delimiter is '"' or '\r' or '\n' || !char.IsAscii(data.Delimiter) || (char.IsControl(data.Delimiter) && data.Delimiter != '\t'))
        {
            violations.Add(new SpecViolation("data.delimiter", $"{Describe(data.Delimiter)} is no usable separator; use one ASCII character such as \",\", \";\" or \"\\t\"."));
        }

        if (data.Label is ColumnSelector.ByName name && data.Header == false)
        {
            violations.Add(new SpecViolation("data.label", $"'{name.Name}' is a name, but data.header is false, so columns have no names. Give the column's position: 0 is the first, -1 the last."));
        }

        ColumnRules.Check(data, violations);
        if (!(data.Clip > 0) || !double.IsFinite(data.Clip))
        {
            violations.Add(new SpecViolation("data.clip", SweepSpecRules.Text($"{data.Clip} is out of range; use a number above 0. The default is 5.")));
        }

        if (!(data.Validation.Fraction is > 0 and < 1))
        {
            violations.Add(new SpecViolation("data.validation.fraction", SweepSpecRules.Text($"{data.Validation.Fraction} is out of range; use a share between 0 and 1, such as 0.2.")));
        }
    }

    private static void Pattern(string field, string? pattern, DataFormat format, List<SpecViolation> violations)
    {
        if (pattern is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(pattern) || pattern.Contains('\0', StringComparison.Ordinal))
        {
            violations.Add(new SpecViolation(field, $"'{pattern.Replace('\0', '\uFFFD')}' names no file; give a path or pattern such as data/part-*.csv."));
        }
        else if (pattern.Contains("://", StringComparison.Ordinal) && !pattern.StartsWith("file://", StringComparison.Ordinal))
        {
            violations.Add(new SpecViolation(field, $"'{pattern}' is not a local path; only local files are supported in this version. Copy the data to this machine and give a path."));
        }
        else if (format == DataFormat.Auto && !IsCsvName(pattern))
        {
            violations.Add(new SpecViolation(field, $"The format can't be told from '{pattern}'; use names that end in .csv or .csv.gz, or set data.format: csv."));
        }
    }

    private static string Describe(char delimiter) =>
        char.IsControl(delimiter) ? SweepSpecRules.Text($"The control character U+{(int)delimiter:X4}") : $"'{delimiter}'";

    private static bool IsCsvName(string pattern) =>
        pattern.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || pattern.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);
}
