using System.Text;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>When a lane stops (shared/TRAINING.md §5). B is 2 here, so a window is above when its mean is above 20.</summary>
public sealed class DivergenceRuleTests
{
    private const double Above = 20.001;
    private const double At = 20;

    [Fact]
    public void Observe_TwoWindowsAboveTenfoldBaseline_StopsAtTheSecondWindowsEnd() =>
        Assert.Equal(64, FirstStop(new DivergenceRule(2, isFullBatch: false), Enumerable.Repeat(Above, 100)));

    [Fact]
    public void Observe_ExactlyTenfoldBaseline_NeverStops() =>
        Assert.Null(FirstStop(new DivergenceRule(2, isFullBatch: false), Enumerable.Repeat(At, 200)));

    [Fact]
    public void Observe_EverySecondWindowAbove_NeverStops() =>
        Assert.Null(FirstStop(new DivergenceRule(2, isFullBatch: false), Enumerable.Range(0, 640).Select(step => step / 32 % 2 == 0 ? 1e6 : 1)));

    [Fact]
    public void Observe_OneEnormousBatch_DoesNotStop() =>
        Assert.Null(FirstStop(new DivergenceRule(2, isFullBatch: false), Enumerable.Range(0, 320).Select(step => step == 100 ? 1e30 : 1)));

    [Fact]
    public void Observe_MostBatchesBelowButMeanAbove_StopsByTheMean() =>
        Assert.Equal(64, FirstStop(new DivergenceRule(2, isFullBatch: false), Enumerable.Range(0, 64).Select(step => step % 32 == 0 ? 32 * Above : 0)));

    [Fact]
    public void Observe_FullBatches_WindowsAreSingleSteps() =>
        Assert.Equal(4, FirstStop(new DivergenceRule(2, isFullBatch: true), [Above, 1, Above, Above, Above]));

    [Theory]
    [InlineData(double.NaN, "loss is NaN at step 3")]
    [InlineData(double.PositiveInfinity, "loss is infinite at step 3")]
    public void Observe_LossNotFinite_StopsAtOnceAndSaysSo(double loss, string reason)
    {
        var rule = new DivergenceRule(2, isFullBatch: false);

        Assert.Equal([null, null, reason], new[] { 1, 1, loss }.Select((value, index) => rule.Observe(index + 1, value)).ToArray());
    }

    [Fact]
    public void Observe_AboveTwice_ReasonNamesLossStepAndBaseline()
    {
        var rule = new DivergenceRule(2, isFullBatch: true);
        rule.Observe(1, 21);

        Assert.Equal("loss 22 at step 2, over 10 x baseline", rule.Observe(2, 22));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(50)]
    public void Read_RuleWrittenAnywhere_StopsWhereTheUninterruptedOneDoes(int cut)
    {
        var rule = new DivergenceRule(2, isFullBatch: false);
        Assert.Null(FirstStop(ref rule, Enumerable.Repeat(Above, cut)));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        rule.Write(writer);
        stream.Position = 0;
        var resumed = new DivergenceRule(2, isFullBatch: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);

        resumed.Read(reader);

        Assert.Equal(64 - cut, FirstStop(ref resumed, Enumerable.Repeat(Above, 100)));
    }

    private static int? FirstStop(DivergenceRule rule, IEnumerable<double> losses) => FirstStop(ref rule, losses);

    private static int? FirstStop(ref DivergenceRule rule, IEnumerable<double> losses)
    {
        var step = 0;
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
