using CloudSweep.Core.Domain;
using CloudSweep.Core.RangeTest;
using CloudSweep.Core.Verdicts;
using CsCheck;

namespace CloudSweep.Core.Tests.RangeTest;

/// <summary>Whatever the windows hold, and in whatever order they arrived: no bound is NaN or outside of the ramp.</summary>
public sealed class RangePropertyTests
{
    private static readonly Gen<double> AnyLoss = Gen.OneOf(
        Gen.Double[0, 10], Gen.Double[0, 10], Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity), Gen.Const(double.NegativeInfinity), Gen.Const(1e308), Gen.Const(-1e308), Gen.Const(double.Epsilon));

    private static readonly Gen<IReadOnlyList<TrialResult>> AnyRamps =
        from falls in Gen.Double[-5, 0]
        from span in Gen.Double[0.1, 3]
        from count in Gen.Int[1, 3]
        from broken in Gen.Select(Gen.Int[0, 2], Gen.Int[0, 99], AnyLoss, AnyLoss, Gen.Bool).Array[0, 40]
        from states in Gen.Int[(int)TrialState.Completed, (int)TrialState.Cancelled].Select(state => (TrialState)state).Array[3]
        from steps in Gen.Long[0, 400].Array[3]
        select (IReadOnlyList<TrialResult>)Broken([.. SomeRamps.Noisy(SomeRamps.Valley(Math.Pow(10, falls), Math.Pow(10, falls + span))).Take(count)], broken, states, steps);

    [Fact]
    public void Find_BrokenWindows_ProposesFiniteBoundsWithinTheRamp() => AnyRamps.Sample(ramps =>
    {
        var (low, high) = RangeRule.Find(ramps, SomeRamps.Rows).Bounds;

        Assert.InRange(low, RampPlan.Lowest, RampPlan.Highest);
        Assert.InRange(high, RampPlan.Lowest, RampPlan.Highest);
        Assert.True(low < high);
    });

    [Fact]
    public void Find_AnyOrderOfArrival_FindsTheSame() => Gen.Select(AnyRamps, Gen.Int[0, 1000]).Sample((ramps, seed) =>
    {
        var random = new System.Random(seed);
        TrialResult[] shuffled = [.. ramps.OrderBy(_ => random.Next()).Select(ramp => ramp with { Measurements = [.. ramp.Measurements.OrderBy(_ => random.Next())] })];

        Assert.Equal(RangeRule.Find(ramps, SomeRamps.Rows), RangeRule.Find(shuffled, SomeRamps.Rows));
    });

    [Fact]
    public void Find_FindingAsText_IsReadBackAsItWas() => AnyRamps.Sample(ramps =>
    {
        IReadOnlyList<RangeDecision> decisions = [new RangeDecision(1, RangeRule.Find(ramps, SomeRamps.Rows), [1])];

        var text = CanonicalJson.Write(decisions);
        Assert.Equal(decisions[0].Finding, CanonicalJson.Read<IReadOnlyList<RangeDecision>>(text)[0].Finding);
        Assert.Equal(text, CanonicalJson.Write(CanonicalJson.Read<IReadOnlyList<RangeDecision>>(text)));
    });

    private static TrialResult[] Broken(
        TrialResult[] ramps, (int Ramp, int Window, double Mean, double Deviation, bool IsMissing)[] broken, TrialState[] states, long[] steps)
    {
        for (var index = 0; index < ramps.Length; index++)
        {
            var windows = ramps[index].Measurements.Cast<Measurement.LossWindow?>().ToArray();
            foreach (var (_, window, mean, deviation, isMissing) in broken.Where(change => change.Ramp == index && change.Window < windows.Length))
            {
                windows[window] = isMissing ? null : windows[window] is { } there ? there with { Mean = mean, StandardDeviation = deviation } : null;
            }

            ramps[index] = ramps[index] with { State = states[index], Step = steps[index], Measurements = [.. windows.OfType<Measurement>()] };
        }

        return ramps;
    }
}
