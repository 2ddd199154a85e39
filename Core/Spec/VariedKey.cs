using System.Globalization;

namespace CloudSweep.Core.Spec;

/// <summary>One key under <c>vary</c>: the path of a setting, and the values to put there.</summary>
/// <param name="Path">Such as <c>training.batchSize</c>; <c>optimizer.beta2</c> means that constant of every listed optimizer that has it.</param>
/// <param name="Values">At least one, as the file has them.</param>
internal sealed record VariedKey(string Path, IReadOnlyList<SpecNode> Values)
{
    /// <summary>The file's section: <c>training</c>, <c>model</c> or <c>optimizer</c>.</summary>
    public string Section => Path[..Path.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>The key in its section.</summary>
    public string Key => Path[(Section.Length + 1)..];

    /// <summary>The field of all values, or of one of them.</summary>
    public string Field(int? index = null) =>
        index is null ? $"vary.{Path}" : string.Create(CultureInfo.InvariantCulture, $"vary.{Path}[{index}]");

    /// <summary>The file with one of the values in place of what stands there.</summary>
    public SpecNode.Map PutInto(SpecNode.Map file, int index) =>
        file with { Entries = [.. file.Entries.Select(entry => entry.Key == Section ? entry with { Value = Put(entry.Value, Values[index]) } : entry)] };

    /// <summary>What follows this key in a field of the file it was put into, such as <c>[1]</c> of <c>model.hidden[1]</c>; null for another field.</summary>
    public string? RestOf(string field)
    {
        if (!field.StartsWith(Section, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = field[Section.Length..];
        if (Section == "optimizer" && rest.StartsWith('['))
        {
            rest = rest[(rest.IndexOf(']', StringComparison.Ordinal) + 1)..];
        }

        return !rest.StartsWith($".{Key}", StringComparison.Ordinal) ? null
            : rest[(Key.Length + 1)..] is var last && last is "" or ['.' or '[', ..] ? last
            : null;
    }

    private SpecNode Put(SpecNode section, SpecNode value) => (Section, section) switch
    {
        ("optimizer", SpecNode.Sequence list) => list with { Items = [.. list.Items.Select(item => PutIntoOptimizer(item, value))] },
        ("optimizer", _) => PutIntoOptimizer(section, value),
        (_, SpecNode.Map map) => Replace(map, value),
        _ => section,
    };

    private SpecNode PutIntoOptimizer(SpecNode optimizer, SpecNode value) => OptimizerReader.KindOf(optimizer) is { } kind && OptimizerReader.HasConstant(kind, Key)
        ? Replace(optimizer as SpecNode.Map ?? new SpecNode.Map([new SpecEntry("kind", optimizer.Line, optimizer)], optimizer.Line), value)
        : optimizer;

    private SpecNode.Map Replace(SpecNode.Map map, SpecNode value) =>
        map with { Entries = [.. map.Entries.Where(entry => entry.Key != Key), new SpecEntry(Key, value.Line, value)] };
}
