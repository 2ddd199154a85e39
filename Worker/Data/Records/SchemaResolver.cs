using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Records;

/// <summary>Finds the label and the features among a shard's columns.</summary>
internal sealed class SchemaResolver(DataSpec data) : ISchemaResolver
{
    /// <inheritdoc/>
    public RecordSchema? Resolve(IReadOnlyList<string> names, RecordPlace place, DataMistakes mistakes)
    {
        var problems = new List<string>();
        problems.AddRange(names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => $"the column name '{group.Key}' occurs {group.Count()} times; names must differ, so rename one"));

        var label = FindLabel(names, problems);
        CheckNames("included", data.Include, names, problems);
        CheckNames("excluded", data.Exclude, names, problems);
        CheckNames("configured", [.. data.Columns.Select(column => column.Name)], names, problems);
        if (label >= 0 && data.Include.Contains(names[label]))
        {
            problems.Add($"the label '{names[label]}' is also an included feature; a label can't be a feature, so take it off the list");
        }

        if (label >= 0 && data.Columns.Any(column => column.Name == names[label]))
        {
            problems.Add($"the label '{names[label]}' also has settings in data.features.columns; a label can't be a feature, so remove them");
        }

        var features = Enumerable.Range(0, names.Count)
            .Where(column => column != label && (data.Include.Count == 0 || data.Include.Contains(names[column])) && !data.Exclude.Contains(names[column]))
            .ToArray();
        if (features.Length == 0 && problems.Count == 0)
        {
            problems.Add("no feature column is left beside the label; at least one is needed, so check the delimiter and the included and excluded columns");
        }

        problems.ForEach(problem => mistakes.Add(place, null, problem));
        return problems.Count == 0 ? new RecordSchema(names, label, features) : null;
    }

    private int FindLabel(IReadOnlyList<string> names, List<string> problems)
    {
        switch (data.Label)
        {
            case ColumnSelector.ByName(var name):
                var found = names.ToList().IndexOf(name);
                if (found < 0)
                {
                    problems.Add($"there is no label column '{name}'; the nearest names are {NearestNames.Of(name, names)}");
                }

                return found;
            case ColumnSelector.ByIndex(var index):
                var position = index < 0 ? names.Count + index : index;
                if (position < 0 || position >= names.Count)
                {
                    problems.Add($"there is no label column at position {index}; the record has {names.Count} cells, so give {-names.Count} to {names.Count - 1}");
                    return -1;
                }

                return position;
            default:
                throw new InvalidOperationException($"Unknown selector {data.Label}.");
        }
    }

    private static void CheckNames(string role, IReadOnlyList<string> wanted, IReadOnlyList<string> names, List<string> problems) => problems.AddRange(wanted
        .Where(name => !names.Contains(name))
        .Select(name => $"there is no {role} column '{name}'; the nearest names are {NearestNames.Of(name, names)}"));
}
