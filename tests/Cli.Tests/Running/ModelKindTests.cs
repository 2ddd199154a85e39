using System.Text.Json;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>Whole sweeps of the models that do not classify digits, on data of which the best possible score is known.</summary>
public sealed class ModelKindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{ kind: linear }")]
    [InlineData("{ kind: mlp, hidden: [16], activation: gelu, task: regression }")]
    public async Task Run_LinearData_ComesNearTheNoiseAndDivergesAtTheTop(string model)
    {
        // The label is a linear function with deviation 1 and noise of deviation 0.3.
        await GenerateAsync("--kind", "linear", "--rows", "3000", "--features", "6", "--noise", "0.3");

        var answer = await RunAsync("val_rmse", model, "sgd");

        var metrics = answer.GetProperty("best").GetProperty("metrics");
        Assert.InRange(metrics.GetProperty("val_rmse").GetDouble(), 0.27, 0.34);
        Assert.InRange(metrics.GetProperty("val_mae").GetDouble(), 0.27 * 0.7979, 0.34 * 0.7979);
        Assert.False(metrics.TryGetProperty("val_accuracy", out _));
        Assert.InRange(answer.GetProperty("baseline").GetDouble(), 0.9, 1.2);
        string[] verdicts = [.. answer.GetProperty("verdicts").EnumerateArray()
            .OrderBy(verdict => verdict.GetProperty("parameters").GetProperty("learningRate").GetDouble())
            .Select(verdict => verdict.GetProperty("verdict").GetString()!)];
        Assert.Equal(("TooSlow", "Diverged"), (verdicts[0], verdicts[^1]));
    }

    [Fact]
    public async Task Run_TwoClasses_RanksByAucAndRecordsEachClass()
    {
        await GenerateAsync("--kind", "linear", "--rows", "3000", "--features", "6", "--noise", "0.3", "--classes", "2");

        var answer = await RunAsync("val_auc", "{ kind: logistic }", "adam");

        var metrics = answer.GetProperty("best").GetProperty("metrics");
        Assert.InRange(metrics.GetProperty("val_auc").GetDouble(), 0.93, 0.9999);
        Assert.InRange(metrics.GetProperty("val_recall_0").GetDouble(), 0.8, 0.999);
        Assert.InRange(metrics.GetProperty("val_recall_1").GetDouble(), 0.8, 0.999);
        Assert.Equal(0.5, answer.GetProperty("baseline").GetDouble());
        Assert.Equal(["0", "1"], answer.GetProperty("classes").EnumerateArray().Select(label => label.GetString()));
    }

    private async Task GenerateAsync(params string[] options)
    {
        var result = await CloudSweepProcess.RunAsync(_folder.Root, ["data", "generate", "data", .. options]);
        Assert.True(result.ExitCode == 0, result.Errors);
    }

    /// <summary>What <c>results.json</c> says.</summary>
    private async Task<JsonElement> RunAsync(string metric, string model, string optimizer)
    {
        await File.WriteAllTextAsync(
            _folder["sweep.yaml"],
            $$"""
            version: 1
            name: kinds
            objective: { metric: {{metric}} }
            data: { train: data/part-*.csv, label: label }
            model: {{model}}
            training: { epochs: 8, batchSize: 32, seed: 1 }
            learningRate: { min: 1e-5, max: 10, count: 7 }
            optimizer: {{optimizer}}
            """,
            TestContext.Current.CancellationToken);
        var result = await CloudSweepProcess.RunAsync(_folder.Root, "run", "sweep.yaml", "--state", _folder["state"], "--output", "json");
        Assert.True(result.ExitCode == 0, result.Errors);
        var report = JsonDocument.Parse(result.Output).RootElement.GetProperty("report").GetString()!;
        var results = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(report)!, "results.json"), TestContext.Current.CancellationToken);
        return JsonDocument.Parse(results).RootElement;
    }
}
