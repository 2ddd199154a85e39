using CloudSweep.Core.RangeTest;

namespace CloudSweep.Core.Tests.RangeTest;

/// <summary>Curves of every kind, and what is to be said about them.</summary>
public sealed class RangeRuleTests
{
    [Fact]
    public void Find_FallsAndBlowsUp_ProposesARangeAroundBoth()
    {
        var found = Proposed(SomeRamps.Noisy(SomeRamps.Valley(falls: 1e-3, blowsUp: 1)));

        Assert.InRange(found.Low.SeenAt!.Value, 8e-4, 2e-3);
        Assert.InRange(found.High.SeenAt!.Value, 0.9, 1.5);
        Assert.InRange(found.Low.Rate, 1e-4, found.Low.SeenAt.Value / 2);
        Assert.InRange(found.High.Rate, 2 * found.High.SeenAt.Value * 0.99, 2.2 * found.High.SeenAt.Value);
    }

    [Fact]
    public void Find_LongTrials_BeginLowerButNotWithoutEnd()
    {
        var shape = SomeRamps.Valley(falls: 1e-3, blowsUp: 1);
        var (usual, longer, endless) = (Proposed(SomeRamps.Noisy(shape)), Proposed(SomeRamps.Noisy(shape, epochs: 50)), Proposed(SomeRamps.Noisy(shape, epochs: 100_000)));

        Assert.Equal(usual.Low.SeenAt, longer.Low.SeenAt);
        Assert.InRange(usual.Low.Rate / longer.Low.Rate, 4.5, 5.5);
        Assert.InRange(endless.Low.SeenAt!.Value / endless.Low.Rate, 99, 111);
    }

    [Fact]
    public void Find_NeverBlowsUp_TakesTheRampsEndAndSaysSo()
    {
        var found = Proposed(SomeRamps.Noisy(rate => rate < 0.01 ? 2.3 : 2.3 - (0.2 * Math.Log(rate / 0.01))));

        Assert.Equal((100, null, "does not blow up before the ramp ends"), (found.High.Rate, found.High.SeenAt, found.High.Evidence));
    }

    [Fact]
    public void Find_NeverFalls_TakesTheRampsBeginningAndSaysSo()
    {
        var found = Proposed(SomeRamps.Noisy(rate => rate < 1 ? 2.3 : 2.3 * rate * rate));

        Assert.Equal((1e-6, null, "the loss does not fall"), (found.Low.Rate, found.Low.SeenAt, found.Low.Evidence));
        Assert.InRange(found.High.SeenAt!.Value, 1, 2);
    }

    [Fact]
    public void Find_FallsFromTheFirstWindow_TakesTheRampsBeginning()
    {
        var found = Proposed(SomeRamps.Noisy(rate => rate < 0.1 ? 2.3 - (0.15 * Math.Log(rate / 1e-6)) : 1e3 * rate));

        Assert.Equal((1e-6, null), (found.Low.Rate, found.Low.SeenAt));
        Assert.InRange(found.High.SeenAt!.Value, 0.09, 0.2);
    }

    [Fact]
    public void Find_FallsAgainAfterItBlewUp_TakesTheFirstTime()
    {
        var found = Proposed(SomeRamps.Noisy(rate => rate is > 1 and < 10 ? 50 : rate >= 10 ? 0.01 : SomeRamps.Valley(1e-3, 1)(rate), noise: 0.005));

        Assert.InRange(found.High.SeenAt!.Value, 0.9, 1.5);
        Assert.InRange(found.Low.SeenAt!.Value, 8e-4, 2e-3);
    }

    [Fact]
    public void Find_OneRampDiverges_BlowsUpThere()
    {
        var ramps = SomeRamps.Noisy(SomeRamps.Valley(falls: 1e-3, blowsUp: 10)).ToArray();
        ramps[1] = SomeRamps.Run(2, SomeRamps.Parameters(), rate => rate > 0.5 ? double.NaN : SomeRamps.Valley(1e-3, 10)(rate));

        Assert.InRange(Proposed(ramps).High.SeenAt!.Value, 0.5, 0.7);
    }

    [Theory]
    [InlineData(2.3, "neither falls nor blows up")]
    [InlineData(double.NaN, "blew up at once")]
    public void Find_NothingToSee_SaysWhyAndLeavesTheWholeRamp(double loss, string reason)
    {
        var unknown = Assert.IsType<RangeFinding.CannotTell>(RangeRule.Find(SomeRamps.Noisy(_ => loss), SomeRamps.Rows));

        Assert.Contains(reason, unknown.Reason, StringComparison.Ordinal);
        Assert.Equal((1e-6, 100), unknown.Bounds);
    }

    [Fact]
    public void Find_FallsAllTheWay_SaysThatNeitherEndWasSeen() =>
        Assert.Contains("falls from the lowest rate on", CannotTell(SomeRamps.Noisy(rate => 2.3 - (0.1 * Math.Log(rate / 1e-6)), noise: 0.01)), StringComparison.Ordinal);

    [Fact]
    public void Find_FiveSteps_SaysThatTheyAreTooFew() =>
        Assert.Equal(
            "its trials have 5 steps, and a ramp needs 40; use more epochs or smaller batches",
            CannotTell([SomeRamps.Run(1, SomeRamps.Parameters(batchSize: null, epochs: 5), SomeRamps.Valley(1e-3, 1))]));

    [Fact]
    public void Find_RampsWithoutAnyWindow_SaysSo() =>
        Assert.Equal("only 0 of its windows hold a loss", CannotTell([.. SomeRamps.Noisy(_ => 1).Select(ramp => ramp with { Measurements = [] })]));

    [Fact]
    public void Find_NoiseOnly_NeverSeesAFall()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new System.Random(seed);
            var ramps = Enumerable.Range(1, 3).Select(number => SomeRamps.Run(number, SomeRamps.Parameters(), _ => 2.3 + random.NextDouble() - 0.5)).ToArray();

            Assert.IsType<RangeFinding.CannotTell>(RangeRule.Find(ramps, SomeRamps.Rows));
        }
    }

    private static RangeFinding.Proposed Proposed(IReadOnlyList<Core.Verdicts.TrialResult> ramps) => Assert.IsType<RangeFinding.Proposed>(RangeRule.Find(ramps, SomeRamps.Rows));

    private static string CannotTell(IReadOnlyList<Core.Verdicts.TrialResult> ramps) => Assert.IsType<RangeFinding.CannotTell>(RangeRule.Find(ramps, SomeRamps.Rows)).Reason;
}
