using System.Text.Json;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>What the main job must find on the digits data.</summary>
public sealed class DigitsTests(DigitsRun run) : IClassFixture<DigitsRun>
{
    private JsonElement Answer => run.Answer;

    [Fact]
    public void Run_Digits_EveryTrialIsAccountedFor()
    {
        var trials = Answer.GetProperty("trials");
        string[] final = ["completed", "pruned", "diverged", "failed", "cancelled"];

        Assert.Equal("Completed", Answer.GetProperty("state").GetString());
        Assert.Equal(48, trials.GetProperty("total").GetInt32());
        Assert.Equal(48, final.Sum(state => trials.GetProperty(state).GetInt32()));
        Assert.Equal(0, trials.GetProperty("failed").GetInt32());
    }

    [Fact]
    public void Run_Digits_ReadsTheTextOnceForAllTrials() => Assert.Equal(1, Answer.GetProperty("textPasses").GetDouble());

    [Theory]
    [InlineData("results.json")]
    [InlineData("measurements.csv")]
    [InlineData("report.html")]
    public async Task Run_DigitsHaveNoTestData_NothingIsScoredOnIt(string file) =>
        Assert.DoesNotContain("test_loss", await File.ReadAllTextAsync(Path.Combine(run.Results, file), TestContext.Current.CancellationToken), StringComparison.Ordinal);

    [Fact]
    public void Run_Digits_BestAccuracyIsAtLeast96Percent() =>
        Assert.InRange(Answer.GetProperty("best").GetProperty("metrics").GetProperty("val_accuracy").GetDouble(), 0.96, 1);

    [Fact]
    public void Run_Digits_SgdIsTooSlowAtTheBottomAndDivergesAtTheTop()
    {
        var sgd = VerdictsOf("sgd");

        Assert.Equal(16, sgd.Length);
        Assert.All(sgd[..3], verdict => Assert.Equal("TooSlow", verdict));
        Assert.All(sgd[^3..], verdict => Assert.Equal("Diverged", verdict));
    }

    [Fact]
    public void Run_Digits_RecommendedRateIsInsideItsStableRange()
    {
        var recommended = Answer.GetProperty("recommended").GetProperty("parameters");
        var range = Answer.GetProperty("stableRanges").EnumerateArray()
            .Single(range => range.GetProperty("optimizer").GetString() == recommended.GetProperty("optimizer").GetString());

        Assert.InRange(recommended.GetProperty("learningRate").GetDouble(), range.GetProperty("low").GetDouble(), range.GetProperty("high").GetDouble());
        Assert.True(range.GetProperty("bracketed").GetBoolean());
    }

    [Fact]
    public async Task Run_SameFileElsewhere_WritesTheSameResults()
    {
        using var folder = new TemporaryFolder();

        var again = await CloudSweepProcess.RunAsync(
            Repository.Root, "run", "examples/digits.yaml", "--state", folder["other"], "--output", "json", "--workers", "3", "--threads", "2");

        Assert.Equal(0, again.ExitCode);
        var results = Path.GetDirectoryName(JsonDocument.Parse(again.Output).RootElement.GetProperty("report").GetString())!;
        Assert.All(["results.csv", "results.json", "measurements.csv", "report.html"], name =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(run.Results, name)), File.ReadAllBytes(Path.Combine(results, name))));
    }

    [Fact]
    public async Task Run_FinishedSweep_ShowsItsResultWithoutTraining()
    {
        var again = await CloudSweepProcess.RunAsync(Repository.Root, "run", "examples/digits.yaml", "--state", run.State);

        Assert.Equal(0, again.ExitCode);
        Assert.Contains("was finished before; this is its result.", again.Errors, StringComparison.Ordinal);
        Assert.Contains("Take      sgd with learning rate", again.Output, StringComparison.Ordinal);
        Assert.All(again.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80 + run.State.Length));
    }

    [Fact]
    public void Report_Always_LoadsNothingFromAnywhere()
    {
        var report = File.ReadAllText(Path.Combine(run.Results, "report.html"));

        Assert.Contains("Content-Security-Policy\" content=\"default-src 'none'", report, StringComparison.Ordinal);
        Assert.DoesNotMatch("<(script|img|link|iframe)[^>]*(src|href)=", report);
        Assert.Contains("Take <strong><span class=\"words\">sgd</span></strong>", report, StringComparison.Ordinal);
    }

    private string[] VerdictsOf(string optimizer) =>
        [.. Answer.GetProperty("verdicts").EnumerateArray()
            .Where(verdict => verdict.GetProperty("parameters").GetProperty("optimizer").GetString() == optimizer)
            .OrderBy(verdict => verdict.GetProperty("parameters").GetProperty("learningRate").GetDouble())
            .Select(verdict => verdict.GetProperty("verdict").GetString()!)];
}
