using CloudSweep.Cli.Output;
using CloudSweep.Cli.Results;
using CloudSweep.Cli.Tests.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Tests.Output;

/// <summary>What people read of range tests.</summary>
public sealed class RangeTextTests
{
    private static readonly OptimizerSettings Sgd = new OptimizerSettings.Sgd();

    [Fact]
    public void Write_SweepWithAnAnswer_TellsTheRangeBeforeWhatIsSafe()
    {
        var result = With(new LearningRateGrid.Auto(2), Proposed(Sgd));

        Assert.Contains("\nRange     sgd: 0.0003 to 0.8 (the loss falls from 0.006 on and blows up at 0.4)\nSafe ", Text(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RangeState.CannotTell, "sgd: can't tell: the loss does not move. Full trials have the rates of the ramp, 1e-06 to 100")]
    [InlineData(RangeState.Missing, "sgd: can't tell: the loss does not move, so no rates follow; 'retry' tries ramps that failed again, --fresh starts over")]
    [InlineData(RangeState.Running, "sgd: its ramps are not done yet")]
    public void Of_NothingKnown_SaysWhy(RangeState state, string expected)
    {
        var range = Proposed(Sgd);
        (range.State, range.Low, range.High, range.Reason) = (state, 1e-6, 100, "the loss does not move");

        Assert.Equal(expected, RangeText.Of(range, With(new LearningRateGrid.Auto(2), range).Spec));
    }

    [Fact]
    public void Write_RangeTestOnly_IsCurveBoundsAndLinesForTheFile()
    {
        var result = With(new LearningRateGrid.Auto(0), Proposed(Sgd));
        result.Answer.Verdicts.Clear();

        var lines = Text(result).Split('\n');

        Assert.Contains("sgd: 0.0003 to 0.8 (the loss falls from 0.006 on and blows up at 0.4)", lines);
        Assert.Contains(lines, line => line.Length == 11 + 64 && line.IndexOf('[', StringComparison.Ordinal) == 11 + 20 && line.IndexOf(']', StringComparison.Ordinal) == 11 + 46);
        Assert.Equal(64, lines.Where(line => line.Contains(" |", StringComparison.Ordinal)).Sum(line => line.Count(mark => mark is '*' or '^')));
        Assert.Equal(19, lines.Single(line => line.Contains(" |", StringComparison.Ordinal) && line.Contains('^', StringComparison.Ordinal)).Count(mark => mark == '^'));
        Assert.Contains("learningRate: { min: 0.0003, max: 0.8, count: 16, extendEdges: true }", lines);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Of_SeveralOptimizersAndSchedules_AreLinesThatCoverThemAll()
    {
        var cosine = Proposed(Sgd);
        (cosine.Parameters.ScheduleJson, cosine.Low) = (CanonicalJson.Write<ScheduleSettings>(new ScheduleSettings.Cosine()), 0.0001);
        var unknown = Proposed(new OptimizerSettings.AdaGrad());
        unknown.State = RangeState.CannotTell;

        var lines = RangeLines.Of([Proposed(Sgd), cosine, Proposed(new OptimizerSettings.Adam(0.8)), unknown], []);

        Assert.Equal(
            [
                "learningRate: { min: 0.0001, max: 0.8, count: 16, extendEdges: true }",
                "optimizer:",
                "  - kind: sgd",
                "  - kind: adam",
                "    beta1: 0.8",
                "    learningRate: { min: 0.0003, max: 0.8, count: 16, extendEdges: true }",
                "  - kind: adagrad",
                "    learningRate: { min: 1e-06, max: 100, count: 16, extendEdges: true }",
            ],
            lines);
    }

    [Fact]
    public void Of_VariedConstants_LeavesThemToVary()
    {
        var lines = RangeLines.Of([Proposed(new OptimizerSettings.Adam(0.8)), Proposed(new OptimizerSettings.Adam(0.95))], ["optimizer.beta1", "training.batchSize"]);

        Assert.Equal(["learningRate: { min: 0.0003, max: 0.8, count: 16, extendEdges: true }"], lines);
    }

    [Fact]
    public void Write_CurveWithoutAnyLoss_DrawsNothing()
    {
        var range = Proposed(Sgd);
        range.Curve.Clear();
        range.Curve.Add(new RangePoint { Rate = 1e-6, Loss = double.NaN, BlownUp = true });
        using var output = new StringWriter();

        RangeChart.Write(output, range);

        Assert.Equal("", output.ToString());
    }

    private static string Text(SweepResult result)
    {
        using var output = new StringWriter();
        AnswerText.Write(output, result);
        return output.ToString();
    }

    private static SweepResult With(LearningRateGrid grid, RangeProposal range)
    {
        var result = SomeResult.Of(Sgd, MetricNames.ValidationLoss, 0.01, 0.1);
        result.Description.Ranges.Add(range);
        return result with { Spec = result.Spec with { LearningRate = grid } };
    }

    private static RangeProposal Proposed(OptimizerSettings optimizer)
    {
        var trial = SomeResult.Of(optimizer, MetricNames.ValidationLoss, 100).Description.Trials[0];
        trial.Parameters.Ramp = new Protos.V1.Ramp { From = 1e-6, Steps = 400 };
        return new RangeProposal
        {
            Parameters = trial.Parameters,
            Ramps = { 1, 2, 3 },
            State = RangeState.Proposed,
            Low = 3e-4,
            High = 0.8,
            FallsAt = 0.006,
            BlowsUpAt = 0.4,
            LowEvidence = "the loss falls from 0.006 on",
            HighEvidence = "blows up at 0.4",
            Curve = { Enumerable.Range(0, 64).Select(column => Math.Pow(10, -6 + (column * 8 / 63.0))).Select(rate => new RangePoint { Rate = rate, Loss = LossAt(rate), StandardError = 0.01, BlownUp = rate > 1 }) },
        };
    }

    private static double LossAt(double rate) => rate < 0.006 ? 2.3 : rate < 0.4 ? 2.3 - Math.Log10(rate / 0.006) : rate < 1 ? 9 : double.NaN;
}
