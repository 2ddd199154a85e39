using System.Text.Json;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>A larger real data set: 10,000 images of 784 pixels, 16 rates at once.</summary>
[Trait("Category", "Slow")]
public sealed class MnistTests
{
    private static readonly string Data = Path.GetFullPath(Repository.PathOf("..", "shared", "data", "mnist10k"));

    [Fact]
    public async Task Run_Mnist_BestAccuracyIsAtLeast94Point5Percent()
    {
        Assert.SkipUnless(Directory.Exists(Data), $"The data is not beside the repository: no folder {Data}.");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["mnist.yaml"], $$"""
            version: 1
            name: mnist
            data: { train: {{Data}}/part-*.csv.gz, label: label, scale: max, validation: { fraction: 0.2 } }
            model: { kind: mlp, hidden: [256], activation: relu }
            training: { epochs: 10, batchSize: 32, seed: 7 }
            learningRate: { scale: log, min: 1e-4, max: 10, count: 16 }
            optimizer: sgd
            """, TestContext.Current.CancellationToken);

        var result = await CloudSweepProcess.RunAsync(folder.Root, "run", "mnist.yaml", "--state", "state", "--output", "json");

        Assert.True(result.ExitCode == 0, result.Errors);
        var answer = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("Completed", answer.GetProperty("state").GetString());
        Assert.Equal(16, answer.GetProperty("trials").GetProperty("total").GetInt32());
        Assert.Equal(1, answer.GetProperty("textPasses").GetDouble());
        Assert.InRange(answer.GetProperty("best").GetProperty("metrics").GetProperty("val_accuracy").GetDouble(), 0.945, 1);
    }
}
