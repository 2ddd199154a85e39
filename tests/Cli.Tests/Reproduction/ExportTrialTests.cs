using System.Globalization;
using System.Text.Json;
using CloudSweep.Cli.Tests.Running;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Reproduction;

/// <summary><c>run --export-trial</c> as people use it, on the sweep of the README.</summary>
public sealed class ExportTrialTests(DigitsRun run) : IClassFixture<DigitsRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // sgd at 0.1, adam at 0.00215, and adam at 10, which diverges.
    [Theory]
    [InlineData(10, 100)]
    [InlineData(37, 100)]
    [InlineData(48, 64)]
    public async Task Run_ExportTrial_RepeatsInPyTorch(int trial, int steps)
    {
        var result = await ExportAsync(trial.ToString(CultureInfo.InvariantCulture), _folder["trial"]);
        var (exitCode, output) = await Torch.ReproduceAsync(_folder["trial"]);

        Assert.Equal(0, result.ExitCode);
        Assert.True(exitCode == 0, output);
        Assert.Contains(FormattableString.Invariant($"all {steps} steps"), output, StringComparison.Ordinal);
        Assert.EndsWith("The losses agree.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ExportTrialOfAFinishedSweep_TrainsNothingAgainAndHasItsLosses()
    {
        var before = await File.ReadAllBytesAsync(Path.Combine(run.Results, "measurements.csv"), TestContext.Current.CancellationToken);

        var result = await ExportAsync("37", _folder["trial"], "--steps", "1350");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("was finished before", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"Exported the first 1350 steps of trial 37 to {_folder["trial"]}", result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(run.Results, "measurements.csv"), TestContext.Current.CancellationToken));
        var losses = JsonDocument.Parse(await File.ReadAllTextAsync(_folder["trial/trial.json"], TestContext.Current.CancellationToken))
            .RootElement.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble()).ToArray();
        var windows = Windows(37);
        Assert.NotEmpty(windows);
        var first = 0;
        foreach (var (step, mean) in windows)
        {
            Assert.Equal(mean, losses[first..step].Average(), 1e-12);
            first = step;
        }

        Assert.Equal(1350, first);
    }

    [Fact]
    public async Task Run_ExportTrialWithMistakes_TellsAllAndRunsNothing()
    {
        await File.WriteAllTextAsync(_folder["thesis.txt"], "", TestContext.Current.CancellationToken);

        var result = await CloudSweepProcess.RunAsync(
            Repository.Root, "run", "examples/digits.yaml", "--state", _folder["state"], "--export-trial", "49", _folder.Root, "--steps", "0");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error: 3 mistakes in the command line; nothing was run\n", result.Errors, StringComparison.Ordinal);
        Assert.Contains("--steps: '0'", result.Errors, StringComparison.Ordinal);
        Assert.Contains("from 1 to 48", result.Errors, StringComparison.Ordinal);
        Assert.Contains("has other files in it", result.Errors, StringComparison.Ordinal);
        Assert.Equal(["thesis.txt"], Directory.EnumerateFileSystemEntries(_folder.Root).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task Run_ExportTrialAndASweepFileWithMistakes_TellsBoth()
    {
        await File.WriteAllTextAsync(_folder["sweep.yaml"], "version: 2\n", TestContext.Current.CancellationToken);

        var result = await CloudSweepProcess.RunAsync(_folder.Root, "run", "sweep.yaml", "--export-trial", "0", "trial");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--export-trial: '0' must be the number of a trial, from 1.", result.Errors, StringComparison.Ordinal);
        Assert.Contains("in the sweep file", result.Errors, StringComparison.Ordinal);
    }

    private Task<CommandResult> ExportAsync(string trial, string folder, params IEnumerable<string> more) => CloudSweepProcess.RunAsync(
        Repository.Root, ["run", "examples/digits.yaml", "--state", run.State, "--output", "json", "--export-trial", trial, folder, .. more]);

    // trial,step,metric,value,deviation
    private (int Step, double Mean)[] Windows(int trial) =>
    [
        .. File.ReadLines(Path.Combine(run.Results, "measurements.csv"))
            .Select(line => line.Split(','))
            .Where(cells => cells[0] == trial.ToString(CultureInfo.InvariantCulture) && cells[2] == "train_loss")
            .Select(cells => (int.Parse(cells[1], CultureInfo.InvariantCulture), double.Parse(cells[3], CultureInfo.InvariantCulture))),
    ];
}
