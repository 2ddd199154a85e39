using System.Text.Json.Serialization;

namespace CloudSweep.Benchmarks.Harness;

/// <summary>One row.</summary>
/// <param name="Benchmark">Name of the benchmark.</param>
/// <param name="Case">What varies within it.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Goal">What it must reach; null where it is only told.</param>
/// <param name="Reference">Other figures of the same run that it was made of or compared with, by name with unit.</param>
internal sealed record CaseResult(
    string Benchmark,
    string Case,
    double Value,
    string Unit,
    [property: JsonIgnore] Goal? Goal,
    [property: JsonPropertyOrder(1)] IReadOnlyDictionary<string, double> Reference)
{
    public string? Target => Goal?.ToString();

    public bool? Met => Goal?.IsMetBy(Value);
}
