using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Prediction;

/// <summary>
/// Finds a model's inputs, in their order, and its label (−1 = there is none) among a file's columns: by name, in any order; others do not matter.
/// </summary>
/// <param name="model">What is looked for.</param>
/// <param name="ignoresLabel">Whether the label is not looked for.</param>
/// <param name="isSparse">Whether inputs may lack (−1), since they are 0 in every row.</param>
internal sealed class PredictionColumns(ModelDocument model, bool ignoresLabel, bool isSparse) : ISchemaResolver
{
    private const int Lacks = -1;

    /// <inheritdoc/>
    public RecordSchema? Resolve(IReadOnlyList<string> names, RecordPlace place, DataMistakes mistakes)
    {
        var inputs = model.Inputs.Select(input => input.Column).ToArray();
        var positions = names.Index().ToLookup(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        var problems = inputs.Where(input => !isSparse && !positions.Contains(input))
            .Select(input => $"there is no column '{input}', which the model needs; the nearest names are {NearestNames.Of(input, names)}")
            .Concat(inputs.Where(input => positions[input].Skip(1).Any())
                .Select(input => $"the column name '{input}' occurs {positions[input].Count()} times; the model needs one, so rename the others"))
            .ToList();
        problems.ForEach(problem => mistakes.Add(place, null, problem));
        return problems.Count == 0
            ? new RecordSchema(names, ignoresLabel ? Lacks : LabelOf(names), [.. inputs.Select(input => positions[input].FirstOrDefault(Lacks))])
            : null;
    }

    // By position, a column that is an input can't be the label: then the file has none.
    private int LabelOf(IReadOnlyList<string> names)
    {
        var position = model.Text.Label switch
        {
            ColumnSelector.ByName(var name) => names.ToList().IndexOf(name),
            ColumnSelector.ByIndex(var index) => index < 0 ? names.Count + index : index,
            _ => Lacks,
        };
        return position >= 0 && position < names.Count && model.Inputs.All(input => input.Column != names[position]) ? position : Lacks;
    }
}
