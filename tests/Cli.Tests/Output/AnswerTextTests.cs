using CloudSweep.Cli.Output;
using CloudSweep.Cli.Results;
using CloudSweep.Cli.Tests.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Tests.Output;

/// <summary>The answer for people is aligned and fits 80 columns, whatever the names are.</summary>
public sealed class AnswerTextTests
{
    public static readonly TheoryData<OptimizerSettings, string> Names = new()
    {
        { new OptimizerSettings.Sgd(), "val_loss" },
        { new OptimizerSettings.Sgd(), "val_accuracy" },
        { SomeResult.ManyConstants, "val_loss" },
        { SomeResult.ManyConstants, "val_accuracy" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_AnyNames_AlignsTheHeadersWithTheirColumns(OptimizerSettings optimizer, string metric)
    {
        var lines = Lines(SomeResult.Of(optimizer, metric, 0.00123, 10));

        var header = Assert.Single(lines, line => line.EndsWith("  verdict", StringComparison.Ordinal));
        Assert.All(lines.Where(line => line.Contains("  Good ", StringComparison.Ordinal)), row =>
        {
            Assert.Equal(header.IndexOf("  verdict", StringComparison.Ordinal), row.IndexOf("  Good", StringComparison.Ordinal));
            Assert.Equal(header.IndexOf(metric, StringComparison.Ordinal) + metric.Length, row.IndexOf("0.5  Good", StringComparison.Ordinal) + 3);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_AnyNames_FitsEightyColumns(OptimizerSettings optimizer, string metric) =>
        Assert.All(Lines(SomeResult.Of(optimizer, metric, 0.00123, 10)), line => Assert.InRange(line.Length, 0, 80));

    [Fact]
    public void Write_WinnerWasTested_SaysThatItWasOnce()
    {
        var result = Tested();

        Assert.Contains("Test      test_loss 0.4321 ± 0.02 (1,234 rows; scored once, after the choice)", Lines(result));
        Assert.DoesNotContain(Lines(SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1)), line => line.StartsWith("Test", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_WinnerWasTested_IsInTheJsonAndTheReport()
    {
        var result = Tested();

        var test = JsonParts.Configuration(result.Answer.Recommended.Trial, result.Answer.Recommended.Score, result.Spec)!["test"]!;
        Assert.Equal((1234L, 0.4321), ((long)test["rows"]!, (double)test["metrics"]!["test_loss"]!));
        Assert.Contains("On data.test: test_loss <data data-figure=\"test.test_loss\" value=\"0.4321", CloudSweep.Cli.Report.HtmlReport.Write(result), StringComparison.Ordinal);
    }

    private static SweepResult Tested()
    {
        var result = SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1, 1);
        var winner = result.Answer.Recommended.Trial;
        winner.TestRows = 1234;
        winner.TestMetrics.Add(new MetricValue { Name = "test_loss", Value = 0.4321, StandardError = 0.02 });
        winner.TestMetrics.Add(new MetricValue { Name = "test_recall_0", Value = 0.5, StandardError = 0.02 });
        return result;
    }

    [Fact]
    public void Write_Always_SaysWhatWasRead() =>
        Assert.Contains("1,797 rows x 64 features, 10 classes; 1,437 train, 360 validation.", Lines(SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1)));

    [Fact]
    public void Write_DataWithoutClasses_DoesNotCountThem() =>
        Assert.Equal("3 rows x 1 features; 2 train, 1 validation", DataText.Of(new DataSummary { TrainRows = 2, ValidationRows = 1, Features = 1 }));

    [Fact]
    public void Write_OneRepeat_ShowsTheErrorOverRows() =>
        Assert.Contains("          val_loss 0.5123 ± 0.012 (SE over rows)", Lines(SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1)));

    [Fact]
    public void Write_Repeats_ShowsMeansAndTheirErrors()
    {
        var result = SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1);
        result.Answer.Recommended.Score = SomeResult.Score("val_loss", 1, 2, 3);

        Assert.Contains("          val_loss 0.5123 ± 0.012 (mean and SE of 3 repeats)", Lines(result));
    }

    [Fact]
    public void Write_MetricsOfSingleClasses_AreLeftToTheFiles()
    {
        var result = SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1);
        result.Answer.Recommended.Score.Metrics.Add(new MetricValue { Name = "val_recall_0", Value = 0.5, StandardError = 0.1 });

        Assert.Contains("          val_loss 0.5123 ± 0.012 (SE over rows)", Lines(result));
    }

    [Fact]
    public void Write_NothingRecommended_SaysWhatToDo()
    {
        var result = SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1);
        result.Answer.Recommended = null;
        result.Answer.Advice = "Every rate diverged. Try lower rates.";

        Assert.Contains("Take      nothing yet. Every rate diverged. Try lower rates.", Lines(result));
    }

    [Fact]
    public void Write_NothingMeasured_ShowsNoVerdicts()
    {
        var result = SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1, 1);
        result.Progress.State = Protos.V1.SweepState.Failed;
        result.Progress.Reason = "The label column 'x' is missing.";
        foreach (var trial in result.Description.Trials)
        {
            trial.State = Protos.V1.TrialState.Cancelled;
            trial.Metrics.Clear();
        }

        var lines = Lines(result);

        Assert.Contains("why: The label column 'x' is missing.", lines);
        Assert.Contains("No learning rate was measured yet.", lines);
        Assert.DoesNotContain(lines, line => line.EndsWith("  verdict", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_NoWorker_SaysWhatToDo()
    {
        var result = SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1);
        result.Progress.WaitsForWorker = true;

        Assert.Contains("Waiting for a Worker: none has asked for work in the last minute ('cloudsweep", Lines(result));
    }

    private static string[] Lines(SweepResult result)
    {
        using var output = new StringWriter { NewLine = "\n" };
        AnswerText.Write(output, result, Environment.CurrentDirectory);
        return output.ToString().Split('\n');
    }
}
