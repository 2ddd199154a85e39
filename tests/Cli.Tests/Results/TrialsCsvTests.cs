using System.Text.RegularExpressions;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Tests.Results;

public sealed class TrialsCsvTests
{
    [Fact]
    public void Write_BestEvaluationBeforeTheEnd_HasItsStepAndTheStepsDone()
    {
        var row = Row(SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1));

        Assert.Equal(("60", "100"), (row["step"], row["stepsDone"]));
    }

    [Fact]
    public void Write_TrialWithoutMetrics_HasNoStepOfThem()
    {
        var result = SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1);
        result.Description.Trials[0].Metrics.Clear();
        result.Description.Trials[0].MetricsStep = 0;

        var row = Row(result);

        Assert.Equal(("", "100"), (row["step"], row["stepsDone"]));
    }

    private static Dictionary<string, string> Row(SweepResult result)
    {
        var lines = TrialsCsv.Write(result).Split('\n');
        return Cells(lines[0]).Zip(Cells(lines[1])).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    // The optimizer's document is quoted and has commas.
    private static IEnumerable<string> Cells(string line) => Regex.Matches(line, "(?<=^|,)(\"(?:[^\"]|\"\")*\"|[^,]*)(?=,|$)").Select(match => match.Value);
}
