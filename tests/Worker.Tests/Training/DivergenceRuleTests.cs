using System.Text;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>When a lane stops (shared/TRAINING.md §5). B is 2 here, so a window is above when its mean is above 20, unless the first loss was above 10.</summary>
public sealed class DivergenceRuleTests
{
    private const double Above = 21;
    private const double At = 20;

    [Fact]
    public void Observe_TwoWindowsAboveTenfoldBaseline_StopsAtTheSecondWindowsEnd() =>
        Assert.Equal(64, FirstStop(new DivergenceRule(2, isFullBatch: false), FromBaselineTo(Above)));

    [Fact]
    public void Observe_ExactlyTenfoldBaseline_NeverStops() =>
        Assert.Null(FirstStop(new DivergenceRule(2, isFullBatch: false), FromBaselineTo(At)));

    [Fact]
    public void Observe_EverySecondWindowAbove_NeverStops() =>
        Assert.Null(FirstStop(new DivergenceRule(2, isFullBatch: false), Enumerable.Range(0, 640).Select(step => step / 32 % 2 == 1 ? 1e6 : 1)));

    [Fact]
    public void Observe_OneEnormousBatch_DoesNotStop() =>
        Assert.Null(FirstStop(new DivergenceRule(2, isFullBatch: false), Enumerable.Range(0, 320).Select(step => step == 100 ? 1e30 : 1)));

    [Fact]
    public void Observe_MostBatchesBelowButMeanAbove_StopsByTheMean() =>
        Assert.Equal(64, FirstStop(new DivergenceRule(2, isFullBatch: false), Enumerable.Range(0, 64).Select(step => step % 32 == 1 ? 32 * Above : 0)));

    [Fact]
    public void Observe_FullBatches_WindowsAreSingleSteps() =>
        Assert.Equal(5, FirstStop(new DivergenceRule(2, isFullBatch: true), [1, Above, 1, Above, Above, Above]));

    [Theory]
    [InlineData(double.NaN, "loss is NaN at step 3")]
    [InlineData(double.PositiveInfinity, "loss is infinite at step 3")]
    public void Observe_LossNotFinite_StopsAtOnceAndSaysSo(double loss, string reason)
    {
        var rule = new DivergenceRule(2, isFullBatch: false);

        Assert.Equal([null, null, reason], new[] { 1, 1, loss }.Select((value, index) => rule.Observe(index + 1, value)).ToArray());
    }

    // The loss begins at 12, and a stable rate may make it 4 times as large: up to 96 nothing is told.
    [Theory]
    [InlineData(true, 4, 96, null)]
    [InlineData(true, 4, 96.1, 4)]
    [InlineData(true, 1, 24.1, 4)]
    [InlineData(false, 4, 25, 64)]
    public void Observe_HighFirstLoss_StopsAboveTwiceWhatAStableRateReaches(bool isFullBatch, double overshoot, double later, int? stop) =>
        Assert.Equal(stop, FirstStop(new DivergenceRule(2, isFullBatch, overshoot), [12, 12, .. Enumerable.Repeat(later, 98)]));

    [Fact]
    public void Observe_AboveTwice_ReasonNamesLossStepAndBaseline()
    {
        var rule = new DivergenceRule(2, isFullBatch: true);
        rule.Observe(1, 1);
        rule.Observe(2, 21);

        Assert.Equal("loss 22 at step 3, over 10 x baseline", rule.Observe(3, 22));
    }

    [Fact]
    public void Read_HighFirstLoss_IsRemembered()
    {
        var rule = new DivergenceRule(2, isFullBatch: true);
        rule.Observe(1, 100);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        rule.Write(writer);
        stream.Position = 0;
        var resumed = new DivergenceRule(2, isFullBatch: true);
        using var reader = new BinaryReader(stream, Encoding.UTF8);

        resumed.Read(reader);

        Assert.Equal([null, null], new[] { resumed.Observe(2, 199), resumed.Observe(3, 199) });
    }

    [Fact]
    public void Observe_HighFirstLoss_ReasonNamesTheBoundThatHeld()
    {
        var rule = new DivergenceRule(2, isFullBatch: true);
        Assert.Null(rule.Observe(1, 100));
        Assert.Null(rule.Observe(2, 210));

        Assert.Equal("loss 220 at step 3, over 100 x baseline", rule.Observe(3, 220));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(50)]
    public void Read_RuleWrittenAnywhere_StopsWhereTheUninterruptedOneDoes(int cut)
    {
        var rule = new DivergenceRule(2, isFullBatch: false);
        Assert.Null(FirstStop(ref rule, FromBaselineTo(Above).Take(cut)));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        rule.Write(writer);
        stream.Position = 0;
        var resumed = new DivergenceRule(2, isFullBatch: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);

        resumed.Read(reader);

        Assert.Equal(64, FirstStop(ref resumed, FromBaselineTo(Above).Skip(cut), cut));
    }

    private static IEnumerable<double> FromBaselineTo(double loss) => [2, .. Enumerable.Repeat(loss, 199)];

    private static int? FirstStop(DivergenceRule rule, IEnumerable<double> losses) => FirstStop(ref rule, losses);

    private static int? FirstStop(ref DivergenceRule rule, IEnumerable<double> losses, int step = 0)
    {
        foreach (var loss in losses)
        {
            if (rule.Observe(++step, loss) is not null)
            {
                return step;
            }
        }

        return null;
    }
}
