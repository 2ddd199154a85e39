using System.Text.Json;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>A sweep that prunes, from its file to its files: what goes on has the numbers of the sweep that does not prune.</summary>
public sealed class PruningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PruningTests()
    {
        Write("full", "");
        Write("pruned", "pruning: { kind: successiveHalving, reductionFactor: 4 }");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_Pruned_SurvivorsHaveTheBitsOfTheFullGridAndTheAnswerSaysWhatItSaved()
    {
        var full = await RunAsync("full");
        var pruned = await RunAsync("pruned");

        var trials = pruned.GetProperty("trials");
        Assert.Equal(32, trials.GetProperty("total").GetInt32());
        Assert.Equal(32, trials.GetProperty("completed").GetInt32() + trials.GetProperty("pruned").GetInt32() + trials.GetProperty("diverged").GetInt32());
        Assert.InRange(trials.GetProperty("completed").GetInt32(), 6, 12);
        var survivors = Trials("pruned").Where(trial => trial.GetProperty("state").GetString() == "Completed").ToArray();
        var unpruned = Trials("full").ToDictionary(trial => trial.GetProperty("trial").GetInt32());
        Assert.All(survivors, trial => Assert.Equal(
            unpruned[trial.GetProperty("trial").GetInt32()].GetProperty("metrics").GetRawText(), trial.GetProperty("metrics").GetRawText()));

        var effect = pruned.GetProperty("pruning");
        Assert.Equal(trials.GetProperty("pruned").GetInt32(), effect.GetProperty("prunedRates").GetInt32());
        Assert.InRange((double)effect.GetProperty("laneRows").GetInt64() / effect.GetProperty("fullLaneRows").GetInt64(), 0.1, 0.5);
        Assert.False(full.TryGetProperty("pruning", out _));
        Assert.Equal(full.GetProperty("best").GetProperty("parameters").GetRawText(), pruned.GetProperty("best").GetProperty("parameters").GetRawText());

        var text = await CloudSweepProcess.RunAsync(_folder.Root, "run", "pruned.yaml", "--state", "pruned");
        Assert.Matches("\nPruning   trained [0-9.]+% of the rows of the full grid; [0-9]+ rates were pruned", text.Output);
        Assert.All(text.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80 + _folder.Root.Length));
    }

    [Fact]
    public async Task Run_Pruned_LeavesWhatEveryTrialMeasuredAtItsLastRung()
    {
        await RunAsync("pruned");

        var results = Folder("pruned");
        var header = (await File.ReadAllLinesAsync(Path.Combine(results, "results.csv"), TestContext.Current.CancellationToken))[0];
        Assert.Contains(",rungStep,rungRows,rung_val_loss,rung_val_loss_standardError,", header, StringComparison.Ordinal);
        Assert.Contains(",rung_val_loss,", await File.ReadAllTextAsync(Path.Combine(results, "measurements.csv"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("<h2>Pruning</h2>", await File.ReadAllTextAsync(Path.Combine(results, "report.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // 45 steps an epoch, 1,080 in all: rungs at 68, inside the second epoch, and 270, the end of the sixth.
        Assert.Equal([68L, 270], Trials("pruned").Select(trial => trial.TryGetProperty("rung", out var rung) ? rung.GetProperty("step").GetInt64() : 0).Where(step => step > 0).Distinct().Order());
        Assert.All(Trials("pruned").Where(trial => trial.GetProperty("state").GetString() == "Pruned"), trial =>
            Assert.Equal(trial.GetProperty("stepsDone").GetInt64(), trial.GetProperty("rung").GetProperty("step").GetInt64()));
    }

    [Fact]
    public async Task Run_PrunedStoppedThenKilled_ContinuesToTheSameResults()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        Write("long", "pruning: successiveHalving", epochs: 4800);

        foreach (var signal in new[] { "INT", "KILL" })
        {
            using var interrupted = CloudSweepProcess.Start(_folder.Root, "run", "long.yaml", "--state", "long");
            await interrupted.WaitForErrorLineAsync("training");
            interrupted.Signal(signal);
            Assert.NotEqual(0, (await interrupted.WaitAsync()).ExitCode);
        }

        await RunAsync("long");
        await RunAsync("long", state: "undisturbed");

        Assert.All(["results.csv", "results.json", "measurements.csv", "report.html"], name =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(Folder("undisturbed"), name)), File.ReadAllBytes(Path.Combine(Folder("long"), name))));
    }

    private void Write(string name, string pruning, int epochs = 24) => File.WriteAllText(_folder[$"{name}.yaml"], $$"""
        version: 1
        name: {{name}}
        data: { train: {{Repository.PathOf("examples", "data", "digits", "part-*.csv.gz")}}, label: label }
        model: { kind: mlp, hidden: [16], activation: tanh }
        training: { epochs: {{epochs}}, batchSize: 32, seed: 1 }
        learningRate: { min: 1e-4, max: 10, count: 16 }
        optimizer: [sgd, adam]
        {{pruning}}
        """);

    private async Task<JsonElement> RunAsync(string name, string? state = null)
    {
        var result = await CloudSweepProcess.RunAsync(_folder.Root, "run", $"{name}.yaml", "--state", state ?? name, "--output", "json");
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private string Folder(string state) => Assert.Single(Directory.GetDirectories(_folder[$"{state}/sweeps"]));

    private JsonElement[] Trials(string state) =>
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(state), "results.json"))).RootElement.GetProperty("results").EnumerateArray()];
}
