using System.Text.Json;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>A sweep over batch sizes, models and a constant beside the rates, from the file to the answer.</summary>
public sealed class VaryTests
{
    // By variant (batch 32 or 128, then 16 units or 32 and 16), optimizer (sgd, adam 0.9, adam 0.999), rate: the last adam 0.9 at 0.01.
    private const int InTheCrowd = 22;

    [Fact]
    public async Task Run_VariedSweep_AnswersEveryCombinationAndEachTrialIsTheTrialAlone()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder["varied.yaml"], """
            model: { kind: mlp, hidden: [8] }
            training: { epochs: 4, seed: 7 }
            learningRate: [0.001, 0.01]
            optimizer: [sgd, adam]
            vary: { training.batchSize: [32, 128], model.hidden: [[16], [32, 16]], optimizer.beta2: [0.9, 0.999] }
            """);
        await WriteAsync(folder["alone.yaml"], """
            model: { kind: mlp, hidden: [32, 16] }
            training: { epochs: 4, seed: 7, batchSize: 128 }
            learningRate: 0.01
            optimizer: { kind: adam, beta2: 0.9 }
            """);

        var varied = await RunAsync(folder, "varied.yaml");
        var alone = await RunAsync(folder, "alone.yaml");

        Assert.Equal(24, varied.GetProperty("trials").GetProperty("completed").GetInt32());
        Assert.Equal(1, varied.GetProperty("textPasses").GetDouble());
        Assert.Equal(12, varied.GetProperty("verdicts").EnumerateArray().Select(Combination).Distinct().Count());
        Assert.Contains("sgd/128/[32,16]/-", varied.GetProperty("verdicts").EnumerateArray().Select(Combination));
        Assert.Equal(MeasurementsOf(1, ResultsOf(alone)), MeasurementsOf(InTheCrowd, ResultsOf(varied)));
        var rows = await File.ReadAllLinesAsync(Path.Combine(ResultsOf(varied), "results.csv"), TestContext.Current.CancellationToken);
        Assert.StartsWith("trial,optimizer,schedule,training.batchSize,model.hidden,optimizer.beta2,learningRate,repeat,", rows[0], StringComparison.Ordinal);
        Assert.Contains(",128,\"[32, 16]\",0.9,0.01,0,Completed,", rows[InTheCrowd], StringComparison.Ordinal);
        Assert.Contains("adam(beta2=0.9) batchSize=128 hidden=[32, 16]", await File.ReadAllTextAsync(Path.Combine(ResultsOf(varied), "report.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_VariedSweep_TellsVariantsAndTheirSpans()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder["varied.yaml"], """
            model: { kind: mlp, hidden: [8] }
            training: { epochs: 4 }
            learningRate: [0.001, 0.01]
            optimizer: sgd
            vary: { training.batchSize: [32, all], model.hidden: [[16], [32, 16]], training.epochs: [2, 4] }
            """);

        var plan = await CloudSweepProcess.RunAsync(folder.Root, "plan", "varied.yaml");

        Assert.Equal(0, plan.ExitCode);
        Assert.StartsWith("varied: 16 trials, 2 to 4 epochs each;", plan.Output, StringComparison.Ordinal);
        Assert.Contains("Varied    training.batchSize, model.hidden, training.epochs: 8 variants", plan.Output, StringComparison.Ordinal);
        Assert.Contains("Model     mlp, 1,082 to 2,522 parameters", plan.Output, StringComparison.Ordinal);
        Assert.Matches(@"Steps     about 2 to \d+ a trial", plan.Output);
    }

    private static Task WriteAsync(string path, string sections) => File.WriteAllTextAsync(
        path,
        $"version: 1\nname: varied\ndata: {{ train: {Repository.PathOf("examples", "data", "digits", "part-*.csv.gz")}, label: label }}\n{sections}\n",
        TestContext.Current.CancellationToken);

    private static async Task<JsonElement> RunAsync(TemporaryFolder folder, string file)
    {
        var result = await CloudSweepProcess.RunAsync(folder.Root, "run", file, "--state", "state", "--output", "json");
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static string Combination(JsonElement verdict)
    {
        var parameters = verdict.GetProperty("parameters");
        var beta2 = parameters.GetProperty("optimizer.beta2");
        return $"{parameters.GetProperty("optimizer")}/{parameters.GetProperty("training.batchSize")}/{parameters.GetProperty("model.hidden").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)}/{(beta2.ValueKind == JsonValueKind.Null ? "-" : beta2)}";
    }

    private static string ResultsOf(JsonElement answer) => Path.GetDirectoryName(answer.GetProperty("report").GetString())!;

    private static string[] MeasurementsOf(int trial, string results)
    {
        var lines = File.ReadLines(Path.Combine(results, "measurements.csv"))
            .Where(line => line.StartsWith(FormattableString.Invariant($"{trial},"), StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..])
            .ToArray();
        Assert.NotEmpty(lines);
        return lines;
    }
}
