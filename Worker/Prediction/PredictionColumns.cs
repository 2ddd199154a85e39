using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Prediction;

/// <summary>Where a model's inputs and its label are in a file. Columns are found by name, in any order; others do not matter.</summary>
/// <param name="Schema">Positions of the inputs, in their order, and of the label, −1 = there is none.</param>
internal sealed record PredictionColumns(RecordSchema Schema)
{
    public bool HasLabel => Schema.LabelColumn >= 0;

    /// <summary>The columns, or null and the reasons in <paramref name="mistakes"/>.</summary>
    public static PredictionColumns? Find(ModelDocument model, bool ignoresLabel, IReadOnlyList<string> names, RecordPlace place, DataMistakes mistakes)
    {
        var inputs = model.Inputs.Select(input => input.Column).ToArray();
        var positions = names.Index().GroupBy(entry => entry.Item, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Select(entry => entry.Index).ToArray(), StringComparer.Ordinal);
        var problems = inputs.Where(input => !positions.ContainsKey(input))
            .Select(input => $"there is no column '{input}', which the model needs; the nearest names are {NearestNames.Of(input, names)}")
            .Concat(inputs.Where(input => positions.GetValueOrDefault(input) is { Length: > 1 })
                .Select(input => $"the column name '{input}' occurs {positions[input].Length} times; the model needs one, so rename the others"))
            .ToList();
        problems.ForEach(problem => mistakes.Add(place, null, problem));
        return problems.Count == 0
            ? new PredictionColumns(new RecordSchema(names, ignoresLabel ? -1 : LabelOf(model, names), [.. inputs.Select(input => positions[input][0])]))
            : null;
    }

    // By position, a column that is an input can't be the label: then the file has none.
    private static int LabelOf(ModelDocument model, IReadOnlyList<string> names)
    {
        var position = model.Text.Label switch
        {
            ColumnSelector.ByName(var name) => names.ToList().IndexOf(name),
            ColumnSelector.ByIndex(var index) => index < 0 ? names.Count + index : index,
            _ => -1,
        };
        return position >= 0 && position < names.Count && model.Inputs.All(input => input.Column != names[position]) ? position : -1;
    }
}
