using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Csv;

/// <summary>Finds a shard's columns from its first record.</summary>
internal sealed class CsvSchemaResolver(DataSpec data)
{
    /// <summary>The columns, or null and the reasons in <paramref name="mistakes"/>.</summary>
    public CsvSchema? Resolve(CsvRecordReader first, DataMistakes mistakes)
    {
        var positions = Enumerable.Range(0, first.CellCount).Select(PositionName).ToArray();
        if (data.Header == false || (data.Header is null && IsData(first, positions)))
        {
            return Resolve(positions, hasHeader: false, first.Line, mistakes);
        }

        if (data is { Header: null, Label: ColumnSelector.ByName label } && IsAllNumbers(first, Enumerable.Range(0, first.CellCount)))
        {
            mistakes.Add(first.Line, null, $"the first record has only numbers, so there is no header to find the label '{label.Name}' in; give the label by position, e.g. 0 or -1");
            return null;
        }

        var names = Enumerable.Range(0, first.CellCount)
            .Select(column => first.Cell(column).IsEmpty ? PositionName(column) : Encoding.UTF8.GetString(first.Cell(column)))
            .ToArray();
        return Resolve(names, hasHeader: true, first.Line, mistakes);
    }

    private static string PositionName(int column) => $"c{column}";

    /// <summary>Whether the record can be a row: its features, named by position, are numbers.</summary>
    private bool IsData(CsvRecordReader first, string[] positions)
    {
        var trial = new DataMistakes("", mayQuote: false);
        return Resolve(positions, hasHeader: false, 1, trial) is { } schema && IsAllNumbers(first, schema.FeatureColumns);
    }

    private static bool IsAllNumbers(CsvRecordReader first, IEnumerable<int> columns) => columns.All(column =>
        first.Cell(column).IsEmpty || CsvNumber.TryParse(first.Cell(column), out _) || CsvNumber.IsNonFiniteWord(first.Cell(column)));

    private CsvSchema? Resolve(string[] names, bool hasHeader, long line, DataMistakes mistakes)
    {
        var problems = new List<string>();
        problems.AddRange(names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => $"the column name '{group.Key}' occurs {group.Count()} times; names must differ, so rename one"));

        var label = FindLabel(names, problems);
        CheckNames("included", data.Include, names, problems);
        CheckNames("excluded", data.Exclude, names, problems);
        if (label >= 0 && data.Include.Contains(names[label]))
        {
            problems.Add($"the label '{names[label]}' is also an included feature; a label can't be a feature, so take it off the list");
        }

        var features = Enumerable.Range(0, names.Length)
            .Where(column => column != label && (data.Include.Count == 0 || data.Include.Contains(names[column])) && !data.Exclude.Contains(names[column]))
            .ToArray();
        if (features.Length == 0 && problems.Count == 0)
        {
            problems.Add("no feature column is left beside the label; at least one is needed, so check the delimiter and the included and excluded columns");
        }

        problems.ForEach(problem => mistakes.Add(line, null, problem));
        return problems.Count == 0 ? new CsvSchema(names, label, features, hasHeader) : null;
    }

    private int FindLabel(string[] names, List<string> problems)
    {
        switch (data.Label)
        {
            case ColumnSelector.ByName(var name):
                var found = Array.IndexOf(names, name);
                if (found < 0)
                {
                    problems.Add($"there is no label column '{name}'; the nearest names are {NearestNames.Of(name, names)}");
                }

                return found;
            case ColumnSelector.ByIndex(var index):
                var position = index < 0 ? names.Length + index : index;
                if (position < 0 || position >= names.Length)
                {
                    problems.Add($"there is no label column at position {index}; the record has {names.Length} cells, so give {-names.Length} to {names.Length - 1}");
                    return -1;
                }

                return position;
            default:
                throw new InvalidOperationException($"Unknown selector {data.Label}.");
        }
    }

    private static void CheckNames(string role, IReadOnlyList<string> wanted, string[] names, List<string> problems) => problems.AddRange(wanted
        .Where(name => !names.Contains(name))
        .Select(name => $"there is no {role} column '{name}'; the nearest names are {NearestNames.Of(name, names)}"));
}
