using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Pruning;

/// <summary>
/// Successive halving, asynchronous across jobs. The variant: what reports a rung together is decided together, at once, by everything that has been
/// reported there so far, and what went on is never called back. This is the promotion rule of ASHA (Li et al. 2020, "A System for Massively Parallel
/// Hyperparameter Tuning") for trials that are not suspended: waiting for others costs time, and here nobody waits. Where one job has all rates of a
/// combination it is plain successive halving, the inner loop of Hyperband (Li et al. 2018).
/// On top of the best ⌈n/η⌉ of n, both neighbours of the best rate go on, and never fewer than three: large rates win early and plateau, small ones win late.
/// </summary>
public static class HalvingRule
{
    /// <summary>At least so many configurations of a combination go on from every rung, where there are so many with a finite value.</summary>
    public const int Floor = 3;

    /// <param name="halving">η.</param>
    /// <param name="goal">Whether small or large values are better.</param>
    /// <param name="earlier">What was decided at this rung of this combination before, by values of as many rows.</param>
    /// <param name="candidates">What reports now; none of them among the earlier ones.</param>
    /// <returns>One entry for each candidate, by place, and how many were ranked.</returns>
    public static (IReadOnlyList<RungEntry> Entries, int Ranked) Decide(
        PruningSpec.SuccessiveHalving halving, ObjectiveGoal goal, IReadOnlyCollection<RungEntry> earlier, IReadOnlyCollection<RungCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(halving);
        var sign = goal == ObjectiveGoal.Minimize ? 1 : -1;
        RankedRate[] ranking =
        [
            .. earlier.Select(entry => RankedRate.Of(entry, sign))
                .Concat(candidates.Select(candidate => RankedRate.Of(candidate, sign)))
                .OrderBy(rate => rate.Value)
                .ThenBy(rate => rate.FirstTrial),
        ];
        var outcomes = Outcomes(ranking, halving.ReductionFactor, earlier.Count(entry => entry.GoesOn() && double.IsFinite(entry.Value)));
        var last = ranking.Length == 0 ? null : ranking[Best(ranking.Length, halving.ReductionFactor) - 1];
        var entries = ranking.Index().Where(place => place.Item.Candidate is not null).Select(place => EntryOf(place.Item, place.Index + 1, outcomes[place.Item], last!));
        return ([.. entries], ranking.Length);
    }

    private static RungEntry EntryOf(RankedRate rate, int place, RungOutcome outcome, RankedRate last)
    {
        var candidate = rate.Candidate!;
        return new RungEntry(
            candidate.Rate,
            candidate.Trials,
            candidate.Value,
            candidate.StandardError,
            place,
            candidate.HasDiverged ? RungOutcome.Diverged : outcome,
            !candidate.HasDiverged && outcome == RungOutcome.Pruned && rate.IsCloseTo(last));
    }

    /// <summary>⌈n/η⌉, at least 1.</summary>
    private static int Best(int ranked, int factor) => (ranked + factor - 1) / factor;

    private static Dictionary<RankedRate, RungOutcome> Outcomes(RankedRate[] ranking, int factor, int wentOn)
    {
        var candidates = ranking.Where(rate => rate.Candidate is not null).ToArray();

        // With fewer than eta results the top 1/eta is empty, so the early arrivals all go on. Without a finite value nobody can tell who is behind.
        if (ranking.Length < factor || !double.IsFinite(ranking[0].Value))
        {
            return candidates.ToDictionary(rate => rate, _ => RungOutcome.Early);
        }

        var outcomes = candidates.ToDictionary(rate => rate, _ => RungOutcome.Pruned);
        var finite = candidates.Where(rate => double.IsFinite(rate.Value)).ToArray();
        Keep(finite.Intersect(ranking.Take(Best(ranking.Length, factor))), RungOutcome.Ranked);
        Keep(finite.Intersect(Neighbours(ranking)), RungOutcome.Neighbour);
        var missing = Floor - wentOn - outcomes.Values.Count(outcome => outcome != RungOutcome.Pruned);
        Keep([.. finite.Where(rate => outcomes[rate] == RungOutcome.Pruned).Take(Math.Max(0, missing))], RungOutcome.Floor);
        return outcomes;

        void Keep(IEnumerable<RankedRate> rates, RungOutcome why)
        {
            foreach (var rate in rates.Where(rate => outcomes[rate] == RungOutcome.Pruned))
            {
                outcomes[rate] = why;
            }
        }
    }

    /// <summary>The next lower and the next higher rate than that of the best, among those that reported this rung.</summary>
    private static IEnumerable<RankedRate> Neighbours(RankedRate[] ranking)
    {
        RankedRate[] byRate = [.. ranking.OrderBy(rate => rate.Rate)];
        var best = Array.IndexOf(byRate, ranking[0]);
        return byRate.Where((_, index) => Math.Abs(index - best) == 1);
    }
}
