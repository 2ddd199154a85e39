using CloudSweep.Core.Domain;
using CloudSweep.Core.Spec;

namespace CloudSweep.Core.Tests.Spec;

/// <summary>Sweep files as JSON text: the smallest valid one, and others that differ from it in some sections.</summary>
internal static class SweepText
{
    private static readonly (string Section, string? Json)[] Minimal =
    [
        ("version", "1"),
        ("name", "\"digits\""),
        ("data", """{ "train": "a.csv", "label": "y" }"""),
        ("model", """{ "kind": "softmax" }"""),
        ("training", """{ "epochs": 2 }"""),
        ("learningRate", "[0.1, 1]"),
        ("optimizer", "\"sgd\""),
    ];

    /// <summary>The smallest valid file with these sections replaced, added or, where the text is null, left out.</summary>
    public static string With(params (string Section, string? Json)[] changes)
    {
        var sections = Minimal
            .Select(section => changes.Append(section).First(change => change.Section == section.Section))
            .Concat(changes.Where(change => Minimal.All(section => section.Section != change.Section)));
        return $"{{ {string.Join(", ", sections.Where(section => section.Json is not null).Select(section => $"\"{section.Section}\": {section.Json}"))} }}";
    }

    public static SweepSpec SpecOf(string json) => Assert.IsType<SweepFileResult.Valid>(SweepFileReader.Read(JsonSpecNode.Parse(json))).Spec;

    /// <summary>Every mistake as <c>FIELD: PROBLEM</c>.</summary>
    public static IEnumerable<string> ProblemsOf(string json) =>
        Assert.IsType<SweepFileResult.Invalid>(SweepFileReader.Read(JsonSpecNode.Parse(json))).Violations
            .Select(violation => $"{violation.Field}: {violation.Problem}");
}
