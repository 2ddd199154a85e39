using System.Text.Json;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Processes;

namespace CloudSweep.Browser.Tests;

/// <summary>Reports of real sweeps, made by the command as people run it.</summary>
public sealed class Reports : IAsyncLifetime
{
    /// <summary>Text that would run if it were taken for HTML.</summary>
    public const string Hostile = "<img src=x onerror=alert(1)>";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _paths = [];

    /// <summary>Path of a report: <c>digits</c>, <c>pruned</c> or <c>hostile</c>.</summary>
    public string this[string name] => _paths[name];

    public async ValueTask InitializeAsync()
    {
        var digits = Repository.PathOf("examples", "data", "digits", "part-*.csv.gz");
        await AddAsync("digits", await File.ReadAllTextAsync(Repository.PathOf("examples", "digits.yaml")), ("data/digits/part-*.csv.gz", digits));
        await AddAsync("pruned", $$"""
            version: 1
            name: pruned
            objective: { metric: val_accuracy }
            data: { train: {{digits}}, label: label }
            model: { kind: mlp, hidden: [16], activation: tanh }
            training: { epochs: 8, batchSize: 32, seed: 1 }
            learningRate: { min: 1e-4, max: 10, count: 16 }
            optimizer: [sgd, { kind: adam, learningRate: { scale: auto, count: 9 } }]
            repeats: 2
            pruning: successiveHalving
            """);
        await WriteHostileDataAsync();
        await AddAsync("hostile", $$"""
            version: 1
            name: hostile
            data: { train: "{{Hostile}}*.csv", label: "y</script>", missing: ["", "</pre><script>alert(2)</script>"] }
            model: { kind: softmax }
            training: { epochs: 2 }
            learningRate: [0.01, 0.1]
            optimizer: sgd
            """);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    // Names of columns that are left out are in a remark, names of files in the table of shards.
    private async Task WriteHostileDataAsync()
    {
        var rows = Enumerable.Range(0, 200).Select(row => FormattableString.Invariant($"{row % 7},1,{(row % 7 > 3 ? "<b>a" : "<b>b")}"));
        await File.WriteAllLinesAsync(_folder[$"{Hostile}{Hostile}.csv"], [$"x,{Hostile},y</script>", .. rows]);
    }

    private async Task AddAsync(string name, string sweepFile, params (string Old, string New)[] changes)
    {
        await File.WriteAllTextAsync(_folder[$"{name}.yaml"], changes.Aggregate(sweepFile, (text, change) => text.Replace(change.Old, change.New, StringComparison.Ordinal)));
        await using var run = ChildProcess.Start("cloudsweep.dll", _folder.Root, new Dictionary<string, string>(), "run", $"{name}.yaml", "--state", "state", "--output", "json");
        var (exitCode, output, errors) = await run.WaitAsync();
        Assert.True(exitCode == 0, errors);
        _paths[name] = JsonDocument.Parse(output).RootElement.GetProperty("report").GetString()!;
    }
}
