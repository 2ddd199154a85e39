using System.Text.Json;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>With repeats, configurations are compared and recommended, not lucky seeds.</summary>
public sealed class RepeatsTests(RepeatsRun run) : IClassFixture<RepeatsRun>
{
    [Theory]
    [InlineData("best")]
    [InlineData("recommended")]
    public void Answer_Repeats_ShowsTheMeanOfAllOfThem(string choice)
    {
        var shown = run.Answer.GetProperty(choice);
        var trials = Numbers(shown.GetProperty("trials"));

        Assert.Equal(3, trials.Length);
        Assert.Contains(shown.GetProperty("trial").GetInt32(), trials);
        Assert.Equal(trials.Average(Accuracy), shown.GetProperty("metrics").GetProperty("val_accuracy").GetDouble(), 12);
    }

    [Fact]
    public void Answer_Repeats_IsBestByTheBestMean()
    {
        var best = run.Answer.GetProperty("verdicts").EnumerateArray().Max(verdict => verdict.GetProperty("mean").GetDouble());

        Assert.Equal(best, run.Answer.GetProperty("best").GetProperty("metrics").GetProperty("val_accuracy").GetDouble(), 12);
    }

    [Fact]
    public void Answer_Repeats_TiedAgreesWithTheVerdictsOfTheBestsCombination()
    {
        var optimizer = Optimizer(run.Answer.GetProperty("best"));
        var verdicts = run.Answer.GetProperty("verdicts").EnumerateArray().Where(verdict => Optimizer(verdict) == optimizer).ToArray();

        Assert.Equal(
            verdicts.Where(verdict => verdict.GetProperty("tied").GetBoolean()).SelectMany(verdict => Numbers(verdict.GetProperty("trials"))).Order(),
            Numbers(run.Answer.GetProperty("tied")).Intersect(verdicts.SelectMany(verdict => Numbers(verdict.GetProperty("trials")))));
    }

    [Fact]
    public void Results_UseBest_AllMetricsOfATrialAreFromItsStep()
    {
        Assert.Contains(run.Trials, trial => trial.GetProperty("step").GetInt64() < trial.GetProperty("stepsDone").GetInt64());
        Assert.All(run.Trials, trial => Assert.All(trial.GetProperty("metrics").EnumerateObject(), metric =>
            Assert.Equal(run.Measurements[(trial.GetProperty("trial").GetInt32(), trial.GetProperty("step").GetInt64(), metric.Name)], metric.Value.GetDouble())));
    }

    [Fact]
    public void Answer_Always_SaysWhatWasRead()
    {
        var data = run.Answer.GetProperty("data");

        Assert.Equal((1797, 64, 10), (data.GetProperty("rows").GetInt32(), data.GetProperty("features").GetInt32(), data.GetProperty("classes").GetInt32()));
        Assert.Equal(1797, data.GetProperty("trainRows").GetInt32() + data.GetProperty("validationRows").GetInt32());
    }

    private double Accuracy(int trial) => run.Trials[trial - 1].GetProperty("metrics").GetProperty("val_accuracy").GetDouble();

    private static int[] Numbers(JsonElement numbers) => [.. numbers.EnumerateArray().Select(number => number.GetInt32())];

    private static string Optimizer(JsonElement configuration) => configuration.GetProperty("parameters").GetProperty("optimizer").GetString()!;
}
