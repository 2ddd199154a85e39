using System.Text.Json;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>A sweep with repeats that is scored by best evaluations, run once for all tests that look at its answer.</summary>
public sealed class RepeatsRun : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The document of <c>--output json</c>.</summary>
    public JsonElement Answer { get; private set; }

    /// <summary>Trial, step, metric: value, as in measurements.csv.</summary>
    public IReadOnlyDictionary<(int Trial, long Step, string Metric), double> Measurements { get; private set; } = new Dictionary<(int, long, string), double>();

    /// <summary>The trials of results.json.</summary>
    public IReadOnlyList<JsonElement> Trials { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder["sweep.yaml"], $$"""
            version: 1
            name: repeats
            objective: { metric: val_accuracy, use: best }
            data: { train: {{Repository.PathOf("examples", "data", "digits", "part-*.csv.gz")}}, label: label }
            model: { kind: mlp, hidden: [8], activation: tanh }
            training: { epochs: 4, batchSize: 32, seed: 3 }
            learningRate: [0.003, 0.01, 0.03, 0.1]
            optimizer: [adam, rmsprop]
            repeats: 3
            """);
        var result = await CloudSweepProcess.RunAsync(_folder.Root, "run", "sweep.yaml", "--state", "state", "--output", "json");
        Assert.True(result.ExitCode == 0, result.Errors);
        Answer = JsonDocument.Parse(result.Output).RootElement;
        var results = Path.GetDirectoryName(Answer.GetProperty("report").GetString())!;
        Trials = [.. JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(results, "results.json"))).RootElement.GetProperty("results").EnumerateArray()];
        Measurements = (await File.ReadAllLinesAsync(Path.Combine(results, "measurements.csv"))).Skip(1).Select(line => line.Split(',')).ToDictionary(
            cells => (int.Parse(cells[0], Invariant), long.Parse(cells[1], Invariant), cells[2]),
            cells => double.Parse(cells[3], Invariant));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
