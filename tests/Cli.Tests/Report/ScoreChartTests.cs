using CloudSweep.Cli.Report;
using CloudSweep.Cli.Results;
using CloudSweep.Cli.Tests.Results;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Tests.Report;

public sealed class ScoreChartTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(1e-12, 1e-11)]
    [InlineData(0.0001, 0.1, 10.0)]
    public void Of_AnyRates_LeavesRoomBesideTheOutermost(params double[] rates)
    {
        var result = SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", rates);

        var layout = ScoreChart.Of(result, AnswerSection.Of(result.Answer, result.Spec)[0])["layout"]!;

        var range = layout["xaxis"]!["range"]!.AsArray();
        Assert.InRange(range[0]!.GetValue<double>(), double.NegativeInfinity, Math.Log10(rates[0]) - 0.2);
        Assert.InRange(range[1]!.GetValue<double>(), Math.Log10(rates[^1]) + 0.2, double.PositiveInfinity);
        Assert.True(layout["shapes"]![0]!["x0"]!.GetValue<double>() < layout["shapes"]![0]!["x1"]!.GetValue<double>());
    }
}
