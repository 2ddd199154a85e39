using System.Text.Json;

namespace CloudSweep.Cli.Tests.Examples;

/// <summary>The examples do what their page says.</summary>
public sealed class ExamplesTests(ExamplesRun run) : IClassFixture<ExamplesRun>
{
    public static TheoryData<string> Sweeps => ["digits", "penguins-mass", "penguins-sex", "sparse"];

    [Fact]
    public void Page_Commands_SucceedAndCoverEverySweep()
    {
        Assert.All(run.Commands, entry => Assert.True(entry.Result.ExitCode == 0, $"{entry.Command.Arguments}: {entry.Result.Errors}"));
        Assert.Equal(
            [.. Sweeps.Select(sweep => $"run examples/{sweep.Data}.yaml")],
            run.Commands.Select(entry => entry.Command.Arguments).Where(arguments => arguments.StartsWith("run ", StringComparison.Ordinal)));
    }

    // Bits do not depend on the machine, so neither does the text, but for times and compressed sizes.
    [Fact]
    public void Page_Outputs_AreWhatTheCommandsSay() =>
        Assert.All(run.Commands, entry =>
        {
            var actual = entry.Result.Output.Split('\n').Select(WithoutChance).ToList();
            var shown = entry.Command.Output.Where(line => line is not ("" or "…")).ToList();
            Assert.NotEmpty(shown);
            var position = 0;
            foreach (var line in shown)
            {
                position = actual.IndexOf(WithoutChance(line), position);
                Assert.True(position >= 0, $"{entry.Command.Arguments} does not say, or not at this place: {line}\n{entry.Result.Output}");
                position++;
            }
        });

    [Fact]
    public void Page_Outputs_FitEightyColumns() =>
        Assert.All(run.Commands.SelectMany(entry => entry.Command.Output), line => Assert.InRange(line.Length, 0, 80));

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void Run_Example_CompletesAndReadsTheTextOnce(string name)
    {
        var answer = run.AnswerOf(name);

        Assert.Equal("Completed", answer.GetProperty("state").GetString());
        Assert.Equal(0, answer.GetProperty("trials").GetProperty("failed").GetInt32());
        Assert.Equal(1, answer.GetProperty("textPasses").GetDouble());
    }

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void Run_Example_EveryOptimizerGoesFromTooSlowToDiverged(string name) =>
        Assert.All(run.AnswerOf(name).GetProperty("verdicts").EnumerateArray().GroupBy(OptimizerOf), rates =>
        {
            Assert.Equal("TooSlow", rates.MinBy(RateOf).GetProperty("verdict").GetString());
            Assert.Equal("Diverged", rates.MaxBy(RateOf).GetProperty("verdict").GetString());
        });

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void Run_Example_RecommendsWithinASafeRange(string name)
    {
        var recommended = run.AnswerOf(name).GetProperty("recommended");
        var range = run.AnswerOf(name).GetProperty("stableRanges").EnumerateArray()
            .Single(range => range.GetProperty("optimizer").GetString() == OptimizerOf(recommended));

        Assert.InRange(RateOf(recommended), range.GetProperty("low").GetDouble(), range.GetProperty("high").GetDouble());
        Assert.True(range.GetProperty("bracketed").GetBoolean());
    }

    [Theory]
    [InlineData("digits", "val_accuracy", 0.97, 1)]
    [InlineData("penguins-mass", "val_rmse", 200, 290)]
    [InlineData("penguins-sex", "val_auc", 0.98, 1)]
    [InlineData("sparse", "val_auc", 0.93, 1)]
    public void Run_Example_IsAsGoodAsThePageSays(string name, string metric, double low, double high) =>
        Assert.InRange(run.AnswerOf(name).GetProperty("recommended").GetProperty("metrics").GetProperty(metric).GetDouble(), low, high);

    private static string OptimizerOf(JsonElement result) => result.GetProperty("parameters").GetProperty("optimizer").GetString()!;

    private static double RateOf(JsonElement result) => result.GetProperty("parameters").GetProperty("learningRate").GetDouble();

    private static string WithoutChance(string line) => line switch
    {
        _ when line.Contains(" shards, ", StringComparison.Ordinal) => line[..line.IndexOf(" shards, ", StringComparison.Ordinal)],
        _ when line.Contains("; the text was read", StringComparison.Ordinal) => line[line.IndexOf(';', StringComparison.Ordinal)..],
        _ => line,
    };
}
