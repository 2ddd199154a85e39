using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>A run that is stopped or killed loses nothing, and its results are those of a run that was left alone.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const int Interrupted = 130;

    private readonly TemporaryFolder _folder = new();

    public InterruptionTests()
    {
        File.WriteAllText(_folder["sweep.yaml"], $$"""
            version: 1
            name: interrupted
            data:
              train: {{Repository.PathOf("examples", "data", "digits", "part-*.csv.gz")}}
              label: label
            model: { kind: mlp, hidden: [32], activation: tanh }
            training: { epochs: 7200, batchSize: 32, seed: 1 }
            learningRate: [0.001, 0.01, 0.1, 100]
            optimizer: [sgd, adam]
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_StoppedThenKilled_ContinuesToTheSameResults()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");

        using (var stopped = Start("state"))
        {
            await stopped.WaitForErrorLineAsync("training");
            stopped.Signal("INT");
            var result = await stopped.WaitAsync();
            Assert.Equal(Interrupted, result.ExitCode);
            Assert.EndsWith("Stopped. What was trained is kept; the same command goes on from there.\n", result.Errors, StringComparison.Ordinal);
        }

        using (var killed = Start("state"))
        {
            await killed.WaitForErrorLineAsync("training");
            killed.Signal("KILL");
            Assert.NotEqual(0, (await killed.WaitAsync()).ExitCode);
        }

        using var continued = Start("state");
        var finished = await continued.WaitAsync();
        using var undisturbed = Start("other");
        await undisturbed.WaitAsync();

        Assert.Equal(0, finished.ExitCode);
        Assert.StartsWith("Going on with interrupted-", finished.Errors, StringComparison.Ordinal);
        Assert.All(["results.csv", "results.json", "measurements.csv", "report.html"], name => Assert.Equal(Result("other", name), Result("state", name)));
    }

    [Fact]
    public async Task Run_StateFolderInUse_SaysSo()
    {
        using var first = Start("state");
        await first.WaitForErrorLineAsync("training");

        using var second = Start("state");
        var result = await second.WaitAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is in use by another CloudSweep process", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    private CloudSweepProcess Start(string state) => CloudSweepProcess.Start(_folder.Root, "run", "sweep.yaml", "--state", state);

    private byte[] Result(string state, string name) =>
        File.ReadAllBytes(Path.Combine(Assert.Single(Directory.GetDirectories(_folder[$"{state}/sweeps"])), name));
}
