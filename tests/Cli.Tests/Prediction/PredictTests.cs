using System.Text.Json;
using CloudSweep.Cli.Tests.Running;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Prediction;

/// <summary><c>cloudsweep predict</c> with the model that the main job leaves.</summary>
public sealed class PredictTests(DigitsRun run) : IClassFixture<DigitsRun>, IDisposable
{
    private const string Digits = "examples/data/digits/part-*.csv.gz";

    private readonly TemporaryFolder _folder = new();

    private string Model => run.Answer.GetProperty("model").GetString()!;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Predict_Digits_WritesARowForEachAndTheAccuracy()
    {
        var result = await CloudSweepProcess.RunAsync(Repository.Root, "predict", Model, Digits, "--out", _folder["out.csv"], "--output", "json");

        Assert.True(result.ExitCode == 0, result.Errors);
        var summary = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(1797, summary.GetProperty("rows").GetInt64());
        Assert.InRange(summary.GetProperty("metrics").GetProperty("accuracy").GetDouble(), 0.97, 1);
        var lines = await File.ReadAllLinesAsync(_folder["out.csv"], TestContext.Current.CancellationToken);
        Assert.Equal(1798, lines.Length);
        Assert.StartsWith("prediction,probability_0,probability_1,", lines[0], StringComparison.Ordinal);
        Assert.Equal([_folder["out.csv"]], Directory.EnumerateFiles(Path.GetDirectoryName(_folder["out.csv"])!));
    }

    [Fact]
    public async Task Predict_WithoutOut_WritesToStandardOutputAndTheSummaryBesideIt()
    {
        var result = await CloudSweepProcess.RunAsync(Repository.Root, "predict", Model, Digits);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(1798, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("Predicted 1797 rows. loss 0.", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_SeveralMistakes_TellsAllAtOnceAndWritesNothing()
    {
        var result = await CloudSweepProcess.RunAsync(
            Repository.Root, "predict", "README.md", "nothing-*.csv", "--out", _folder["missing/out.csv"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error: 3 mistakes; nothing was predicted", result.Errors, StringComparison.Ordinal);
        Assert.All(["MODEL: 'README.md' can't be used.", "DATA: ", "--out: the folder of"], part => Assert.Contains(part, result.Errors, StringComparison.Ordinal));
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Predict_BadRows_TellsLineAndColumnAndKeepsTheOldFile()
    {
        await File.WriteAllTextAsync(_folder["out.csv"], "old", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder["bad.csv"], "p0\nx\n", TestContext.Current.CancellationToken);

        var result = await CloudSweepProcess.RunAsync(Repository.Root, "predict", Model, _folder["bad.csv"], "--out", _folder["out.csv"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("bad.csv, line 1: there is no column", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.Equal("old", await File.ReadAllTextAsync(_folder["out.csv"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--output", "json", "--output json: standard output has room for one document; give --out FILE")]
    [InlineData("--out", "examples", "--out: 'examples' is a folder; name a file in it.")]
    public async Task Predict_BadOptions_TellsTheWayOut(string option, string value, string expected)
    {
        var result = await CloudSweepProcess.RunAsync(Repository.Root, "predict", Model, Digits, option, value);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Digits_SaysWhereTheModelIs() => Assert.Equal(Path.Combine(run.Results, "model.safetensors"), Model);
}
