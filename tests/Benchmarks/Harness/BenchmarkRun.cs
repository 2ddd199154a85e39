using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CloudSweep.Benchmarks.Harness;

/// <summary>Runs benchmarks by name and shows a row for each case.</summary>
internal static class BenchmarkRun
{
    private const int Success = 0;
    private const int TargetMissed = 1;
    private const int UsageError = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>0; 1 when a target was missed; 2 for an unknown name.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<IBenchmark> known, string[] names, FileInfo? json, TextWriter output, CancellationToken cancellationToken)
    {
        if (names is ["list"])
        {
            foreach (var benchmark in known)
            {
                await output.WriteLineAsync($"{benchmark.Name,-20} {benchmark.Description}");
            }

            return Success;
        }

        if (names.FirstOrDefault(name => name != "all" && known.All(benchmark => benchmark.Name != name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}': list, all, {string.Join(", ", known.Select(benchmark => benchmark.Name))}.");
            return UsageError;
        }

        var results = new List<CaseResult>();
        await output.WriteLineAsync($"{"benchmark",-16} {"case",-34} {"value",9} {"unit",-16} {"target",-9} met");
        foreach (var benchmark in known.Where(benchmark => names.Contains("all") || names.Contains(benchmark.Name)))
        {
            await foreach (var result in benchmark.RunAsync(cancellationToken))
            {
                results.Add(result);
                await output.WriteLineAsync(Row(result));
            }
        }

        if (json is not null)
        {
            await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(results, Json) + "\n", cancellationToken);
        }

        return results.Exists(result => result.Met == false) ? TargetMissed : Success;
    }

    private static string Row(CaseResult result)
    {
        var met = result.Met switch { true => "yes", false => "NO", null => "-" };
        var reference = string.Join(", ", result.Reference.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:0.###}")));
        return string.Create(CultureInfo.InvariantCulture, $"{result.Benchmark,-16} {result.Case,-34} {result.Value,9:0.000} {result.Unit,-16} {result.Target ?? "-",-9} {met,-3}  {reference}");
    }
}
