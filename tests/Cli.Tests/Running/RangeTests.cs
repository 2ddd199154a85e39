using System.Text.Json;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>The range test from a sweep file to its answers: alone, and with full trials that check it.</summary>
public sealed class RangeTests : IDisposable
{
    private const string Optimizers = "[sgd, momentum, adam]";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Range_DigitsExample_ShowsBoundsCurvesAndLinesThatRun()
    {
        var result = await CloudSweepProcess.RunAsync(Repository.Root, "range", "examples/digits.yaml", "--state", _folder["state"]);

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80 + _folder.Root.Length));
        Assert.Matches(@"\nsgd: [0-9.e-]+ to [0-9.]+ \(the loss falls from [0-9.e-]+ on and blows up at [0-9.]+\)\n", result.Output);
        Assert.Equal(3, result.Output.Split('\n').Count(line => line.StartsWith("          +-", StringComparison.Ordinal) && line.Contains('[', StringComparison.Ordinal) && line.Contains(']', StringComparison.Ordinal)));
        Assert.Contains("range test: sgd ", result.Errors, StringComparison.Ordinal);

        var lines = result.Output.Split('\n').SkipWhile(line => !line.StartsWith("To put", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.Length > 0);
        var example = await File.ReadAllLinesAsync(Repository.PathOf("examples", "digits.yaml"), TestContext.Current.CancellationToken);
        var kept = example.Where(line => !line.StartsWith("optimizer:", StringComparison.Ordinal) && !line.StartsWith("learningRate:", StringComparison.Ordinal))
            .Select(line => line.Replace("data/digits", Repository.PathOf("examples", "data", "digits"), StringComparison.Ordinal));
        await File.WriteAllLinesAsync(_folder["next.yaml"], [.. kept, .. lines], TestContext.Current.CancellationToken);
        var plan = await CloudSweepProcess.RunAsync(_folder.Root, "plan", "next.yaml", "--output", "json");
        Assert.True(plan.ExitCode == 0, plan.Errors);
        Assert.Equal(48, JsonDocument.Parse(plan.Output).RootElement.GetProperty("trials").GetInt32());
    }

    [Fact]
    public async Task Range_Json_HasTheCurveAndNoResults()
    {
        Write("auto", "{ min: 1e-3, max: 1, count: 4 }", "sgd");

        var json = await RunAsync("range", "auto");

        var range = Assert.Single(json.GetProperty("rangeTest").EnumerateArray());
        Assert.Equal(("auto-range", "Proposed"), (json.GetProperty("sweep").GetString(), range.GetProperty("state").GetString()));
        Assert.InRange(range.GetProperty("curve").GetArrayLength(), 90, 100);
        Assert.Empty(json.GetProperty("verdicts").EnumerateArray());
        Assert.Equal(3, json.GetProperty("trials").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Run_AutomaticRates_BracketTheBestRateOfTheKnownGrid()
    {
        Write("grid", "{ min: 1e-4, max: 10, count: 16 }", Optimizers);
        Write("auto", "auto", Optimizers);

        var grid = await RunAsync("run", "grid");
        var auto = await RunAsync("run", "auto");

        Assert.Equal(3, auto.GetProperty("rangeTest").GetArrayLength());
        foreach (var range in auto.GetProperty("rangeTest").EnumerateArray())
        {
            var optimizer = range.GetProperty("optimizer").GetString();
            var best = grid.GetProperty("verdicts").EnumerateArray()
                .Where(verdict => verdict.GetProperty("parameters").GetProperty("optimizer").GetString() == optimizer && verdict.GetProperty("mean").ValueKind == JsonValueKind.Number)
                .MinBy(verdict => verdict.GetProperty("mean").GetDouble()).GetProperty("parameters").GetProperty("learningRate").GetDouble();
            Assert.InRange(best, range.GetProperty("low").GetDouble(), range.GetProperty("high").GetDouble());
        }

        Assert.All(auto.GetProperty("stableRanges").EnumerateArray(), range => Assert.True(range.GetProperty("bracketed").GetBoolean()));
        Assert.False(grid.TryGetProperty("rangeTest", out _));
    }

    [Fact]
    public async Task Run_AutomaticRates_LeavesRampsInEveryFileAsWhatTheyAre()
    {
        Write("auto", "{ scale: auto, count: 5 }", "sgd");
        await RunAsync("run", "auto");

        var folder = Assert.Single(Directory.GetDirectories(_folder["auto/sweeps"]));
        var rows = (await File.ReadAllLinesAsync(Path.Combine(folder, "results.csv"), TestContext.Current.CancellationToken)).ToArray();
        Assert.Contains(",repeat,rampFrom,rangeLow,rangeHigh,state,", rows[0], StringComparison.Ordinal);
        Assert.Equal([true, true, true, false, false, false, false, false], rows.Skip(1).Take(8).Select(row => row.Contains(",1E-06,", StringComparison.Ordinal)));
        var report = await File.ReadAllTextAsync(Path.Combine(folder, "report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("<h2>Range test</h2>", report, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Training loss against learning rate, sgd\"", report, StringComparison.Ordinal);
        var text = await CloudSweepProcess.RunAsync(_folder.Root, "run", "auto.yaml", "--state", "auto");
        Assert.Matches("\nRange     sgd: [0-9.e-]+ to [0-9.]+ ", text.Output);
    }

    [Fact]
    public async Task Run_FiveSteps_SaysThatItCannotTellAndTriesTheWholeRamp()
    {
        Write("short", "{ scale: auto, count: 9, extendEdges: false }", "sgd", epochs: 5, batchSize: "all");

        var result = await CloudSweepProcess.RunAsync(_folder.Root, "run", "short.yaml", "--state", "short");

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("sgd: can't tell: its trials have 5 steps, and a ramp needs 40", result.Output, StringComparison.Ordinal);
        Assert.Contains("range test: sgd can't tell because its trials have 5 steps", result.Errors, StringComparison.Ordinal);
        Assert.Contains("10 of 10 trials, 1 of them a ramp, done", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_KilledInTheRangeTestAndAfterIt_ContinuesToTheSameResults()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        Write("long", "{ scale: auto, count: 6, extendEdges: false }", Optimizers, epochs: 4000);

        foreach (var (line, signal) in new[] { ("range test", "KILL"), ("training", "INT"), ("training", "KILL") })
        {
            using var interrupted = CloudSweepProcess.Start(_folder.Root, "run", "long.yaml", "--state", "long");
            await interrupted.WaitForErrorLineAsync(line);
            interrupted.Signal(signal);
            Assert.NotEqual(0, (await interrupted.WaitAsync()).ExitCode);
        }

        await RunAsync("run", "long");
        await RunAsync("run", "long", state: "undisturbed");

        Assert.All(["results.csv", "results.json", "measurements.csv", "report.html"], name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(Directory.GetDirectories(_folder["undisturbed/sweeps"])[0], name)),
            File.ReadAllBytes(Path.Combine(Directory.GetDirectories(_folder["long/sweeps"])[0], name))));
    }

    [Fact]
    public async Task Plan_AutomaticRates_CountsRampsAndWhatFollows()
    {
        Write("auto", "auto", Optimizers);

        var json = JsonDocument.Parse((await CloudSweepProcess.RunAsync(_folder.Root, "plan", "auto.yaml", "--output", "json")).Output).RootElement;
        var text = await CloudSweepProcess.RunAsync(_folder.Root, "plan", "auto.yaml");

        Assert.Equal((57, 9), (json.GetProperty("trials").GetInt32(), json.GetProperty("ramps").GetInt32()));
        Assert.Contains("9 of them are ramps of at most 400 steps", text.Output, StringComparison.Ordinal);
        Assert.Contains("and up to 36 more by extendEdges and refine", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ExportsAFullTrialAndNoRamp()
    {
        Write("auto", "{ scale: auto, count: 4, extendEdges: false }", "sgd");

        var full = await CloudSweepProcess.RunAsync(_folder.Root, "run", "auto.yaml", "--state", "auto", "--export-trial", "4", "trial");
        var ramp = await CloudSweepProcess.RunAsync(_folder.Root, "run", "auto.yaml", "--state", "auto", "--export-trial", "1", "ramp");

        Assert.True(full.ExitCode == 0, full.Errors);
        Assert.Equal(2, ramp.ExitCode);
        Assert.Contains("is a ramp of the range test", ramp.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["ramp"]));
    }

    private void Write(string name, string rates, string optimizers, int epochs = 20, string batchSize = "32") => File.WriteAllText(_folder[$"{name}.yaml"], $$"""
        version: 1
        name: {{name}}
        data: { train: {{Repository.PathOf("examples", "data", "digits", "part-*.csv.gz")}}, label: label }
        model: { kind: mlp, hidden: [32] }
        training: { epochs: {{epochs}}, batchSize: {{batchSize}}, seed: 1 }
        learningRate: {{rates}}
        optimizer: {{optimizers}}
        """);

    private async Task<JsonElement> RunAsync(string command, string name, string? state = null)
    {
        var result = await CloudSweepProcess.RunAsync(_folder.Root, command, $"{name}.yaml", "--state", state ?? name, "--output", "json");
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
