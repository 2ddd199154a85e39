namespace CloudSweep.Core.Spec;

/// <summary>Reads <c>vary</c>: which keys vary, and over what. The values themselves are read where they stand in for others.</summary>
internal static class VaryReader
{
    private const string Example = "training.batchSize: [32, 128]";

    private static readonly string[] Known = ["training.batchSize", "training.epochs", "training.seed", "model.hidden", "model.activation", "optimizer.CONSTANT"];

    public static IReadOnlyList<VariedKey> Read(SpecNode.Map file, Findings findings)
    {
        var keys = new List<VariedKey>();
        var vary = file.Entries.FirstOrDefault(entry => entry.Key == "vary")?.Value;
        if (vary is null)
        {
            return keys;
        }

        if (vary is not SpecNode.Map map)
        {
            findings.Add("vary", $"Expected keys with lists of values such as {{ {Example} }}, found {MapReader.Describe(vary)}.", vary.Line);
            return keys;
        }

        foreach (var (path, line, value) in map.Entries)
        {
            var field = $"vary.{path}";
            findings.Locate(field, line);
            if (keys.Any(key => key.Path == path))
            {
                findings.Add(field, $"'{path}' is given twice; a key may be given once. Remove one.", line);
            }
            else if (AdviceFor(path, file) is { } advice)
            {
                findings.Add(field, $"'{path}' can't vary. {advice}", line);
            }
            else if (value is not SpecNode.Sequence { Items: var values })
            {
                findings.Add(field, $"Expected a list of values such as {ExampleFor(path)}, found {MapReader.Describe(value)}.", value.Line);
            }
            else if (values.Count == 0)
            {
                findings.Add(field, "The list is empty; give at least one value, or remove the key.", value.Line);
            }
            else
            {
                keys.Add(new VariedKey(path, values));
            }
        }

        return keys;
    }

    private static string ExampleFor(string path) => path switch
    {
        "model.hidden" => "[[64], [128, 64]]",
        "model.activation" => "[relu, tanh]",
        _ => path.StartsWith("optimizer.", StringComparison.Ordinal) ? "[0.9, 0.99]" : "[32, 128]",
    };

    /// <summary>Why a path can't vary and what to do instead; null when it can.</summary>
    private static string? AdviceFor(string path, SpecNode.Map file) => path.Split('.', 2) switch
    {
        ["learningRate", ..] => "Rates are listed where they are: learningRate: [0.01, 0.1].",
        ["schedule", ..] => "Schedules are listed where they are: schedule: [constant, cosine].",
        ["optimizer"] or ["optimizer", "kind"] => "Optimizers are listed where they are: optimizer: [sgd, adam].",
        ["optimizer", var key] when key.Split('.')[0] == "learningRate" => "Rates are listed where they are: under the optimizer, or under learningRate for all.",
        ["optimizer", var key] => OptimizerReader.KindsIn(file).Any(kind => OptimizerReader.HasConstant(kind, key)) ? null : $"No optimizer of the file has a constant '{key}'; list one that has it, or remove the key.",
        ["repeats"] => "Use repeats: 3 for three trials of every configuration.",
        ["model", "kind"] => "All trials of a sweep train one kind of model; use a sweep file for each kind.",
        ["data", ..] => "All trials of a sweep share its data; use a sweep file for each value.",
        ["objective" or "pruning" or "execution" or "name" or "version", ..] => "It belongs to the sweep and not to a trial; use a sweep file for each value.",
        ["training" or "model"] => $"Name one of its keys, such as {(path == "model" ? "model.hidden: [[64], [128, 64]]" : Example)}.",
        ["training" or "model", _] => null,
        _ => KnownKeys.AdviceFor(path, Known),
    };
}
