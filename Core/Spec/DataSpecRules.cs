using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Core.Spec;

/// <summary>Rules of the <c>data</c> section.</summary>
internal static class DataSpecRules
{
    // As many as a Worker keeps dense.
    private const int MaxFeatureCount = 100_000;

    public static void Check(DataSpec data, List<SpecViolation> violations)
    {
        Pattern("data.train", data.Train, violations);
        Pattern("data.validation.uri", data.ValidationFiles, violations);
        Pattern("data.test", data.Test, violations);
        if (data.Delimiter is '"' or '\r' or '\n' || !char.IsAscii(data.Delimiter) || (char.IsControl(data.Delimiter) && data.Delimiter != '\t'))
        {
            violations.Add(new SpecViolation("data.delimiter", $"{Describe(data.Delimiter)} is no usable separator; use one ASCII character such as \",\", \";\" or \"\\t\"."));
        }

        if (data.Label is ColumnSelector.ByName name && data.Header == false)
        {
            violations.Add(new SpecViolation("data.label", $"'{name.Name}' is a name, but data.header is false, so columns have no names. Give the column's position: 0 is the first, -1 the last."));
        }

        ColumnRules.Check(data, violations);
        if (data.FeatureCount is < 1 or > MaxFeatureCount)
        {
            violations.Add(new SpecViolation("data.features.count", SweepSpecRules.Text($"{data.FeatureCount} is out of range; use 1 to {MaxFeatureCount}, the highest index of the LIBSVM data.")));
        }

        if (!(data.BadRows.MaxFraction is >= 0 and < 1))
        {
            violations.Add(new SpecViolation("data.maxBadRows", SweepSpecRules.Text($"{data.BadRows.MaxFraction} is out of range; use a share of the rows from 0 to below 1, such as {BadRowPolicy.DefaultMaxFraction}.")));
        }

        if (!(data.Clip > 0) || !double.IsFinite(data.Clip))
        {
            violations.Add(new SpecViolation("data.clip", SweepSpecRules.Text($"{data.Clip} is out of range; use a number above 0. The default is 5.")));
        }

        if (!(data.Validation.Fraction is > 0 and < 1))
        {
            violations.Add(new SpecViolation("data.validation.fraction", SweepSpecRules.Text($"{data.Validation.Fraction} is out of range; use a share between 0 and 1, such as 0.2.")));
        }
    }

    private static void Pattern(string field, string? pattern, List<SpecViolation> violations)
    {
        if (pattern is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(pattern) || pattern.Contains('\0', StringComparison.Ordinal))
        {
            violations.Add(new SpecViolation(field, $"'{pattern.Replace('\0', '\uFFFD')}' names no file; give a path or pattern such as data/part-*.csv."));
        }
        else if (ObjectLocation.IsCloudStorage(pattern))
        {
            if (ObjectLocation.TryParse(pattern) is not { Path.Length: > 0 })
            {
                violations.Add(new SpecViolation(field, $"'{pattern}' names no object; give a bucket and a name or pattern such as gs://bucket/data/part-*.csv."));
            }
        }
        else if (pattern.StartsWith("gs:", StringComparison.Ordinal))
        {
            violations.Add(new SpecViolation(field, $"'{pattern}' must have two slashes: gs://bucket/data/part-*.csv."));
        }
        else if (pattern.Contains("://", StringComparison.Ordinal) && !pattern.StartsWith("file://", StringComparison.Ordinal))
        {
            violations.Add(new SpecViolation(field, $"'{pattern}' is neither a local path nor gs://bucket/name; no other places are read. Copy the data to one of them."));
        }
    }

    private static string Describe(char delimiter) =>
        char.IsControl(delimiter) ? SweepSpecRules.Text($"The control character U+{(int)delimiter:X4}") : $"'{delimiter}'";
}
