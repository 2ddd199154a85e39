using CloudSweep.Core.Domain;
using CloudSweep.Core.Pruning;
using CsCheck;

namespace CloudSweep.Core.Tests.Pruning;

/// <summary>What holds in whatever order results arrive, and in whatever pieces.</summary>
public sealed class AnyArrivalTests
{
    private static readonly Gen<double> AnyValue = Gen.Frequency(
        (8, Gen.Double[0, 3]),
        (3, Gen.Int[0, 3].Select(value => (double)value)),
        (1, Gen.OneOf(Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity), Gen.Const(double.NegativeInfinity))));

    private static readonly Gen<RungCandidate[]> AnyCandidates = Gen.Select(AnyValue, Gen.Double[0, 0.5], Gen.Int[0, 9]).Array[1, 40]
        .Select(values => values.Select((value, index) => Arrivals.Candidate(index + 1, value.Item1, value.Item2, hasDiverged: value.Item3 == 0)).ToArray());

    private static readonly Gen<Arrivals> AnyArrivals =
        from candidates in AnyCandidates
        from order in Gen.Double.Array[candidates.Length]
        from cuts in Gen.Int[1, 7].Array[candidates.Length]
        from factor in Gen.Int[2, 16]
        from goal in Gen.OneOf(Gen.Const(ObjectiveGoal.Minimize), Gen.Const(ObjectiveGoal.Maximize))
        select Arrive(new Arrivals(factor, goal), [.. candidates.Zip(order).OrderBy(pair => pair.Second).Select(pair => pair.First)], cuts);

    [Fact]
    public void Decide_AnyOrder_RanksFiniteValuesFirstAndTheBestGoesOn() => Each((rung, sign) =>
    {
        var seen = new List<RungEntry>();
        foreach (var decision in rung.Decisions)
        {
            seen.AddRange(decision.Entries);
            Assert.Equal(seen.Count, decision.Ranked);
            RungEntry[] ranking = [.. seen.OrderBy(entry => IsFinite(entry) ? sign * entry.Value : double.PositiveInfinity).ThenBy(entry => entry.Trials[0])];
            Assert.All(decision.Entries, entry => Assert.Equal(entry, ranking[entry.Place - 1]));
            Assert.True(!IsFinite(ranking[0]) || !decision.Entries.Contains(ranking[0]) || ranking[0].GoesOn(), "The best was pruned.");
        }
    });

    [Fact]
    public void Decide_AnyOrder_NeverKeepsWhatIsNotFiniteBeforeWhatIs() => Each((rung, _) => Assert.All(
        rung.Decisions.Where(decision => decision.Entries.Any(entry => entry.Outcome == RungOutcome.Pruned)),
        decision => Assert.DoesNotContain(decision.Entries, entry => !IsFinite(entry) && entry.GoesOn())));

    [Fact]
    public void Decide_AnyOrder_ThreeWithAFiniteValueGoOn() =>
        Each((rung, _) => Assert.True(rung.Entries.Count(entry => IsFinite(entry) && entry.GoesOn()) >= Math.Min(HalvingRule.Floor, rung.Entries.Count(IsFinite))));

    [Fact]
    public void Decide_AnyOrder_DivergedNeverGoesOn() =>
        Each((rung, _) => Assert.DoesNotContain(rung.Entries, entry => entry.Outcome == RungOutcome.Diverged && entry.GoesOn()));

    [Fact]
    public void Decide_StoredReportsInSequence_GivesTheStoredDecisions() =>
        Each((rung, _) => Assert.Equal(rung.Decisions.Select(CanonicalJson.Write), rung.Replay().Decisions.Select(CanonicalJson.Write)));

    private static void Each(Action<Arrivals, int> check) =>
        AnyArrivals.Sample(rung => check(rung, rung.Goal == ObjectiveGoal.Minimize ? 1 : -1), iter: 2000);

    private static bool IsFinite(RungEntry entry) => entry.Outcome != RungOutcome.Diverged && double.IsFinite(entry.Value);

    private static Arrivals Arrive(Arrivals rung, RungCandidate[] candidates, int[] cuts)
    {
        for (var (first, cut) = (0, 0); first < candidates.Length; first += cuts[cut++])
        {
            rung.Report(candidates.Skip(first).Take(cuts[cut]));
        }

        return rung;
    }
}
