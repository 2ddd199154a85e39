using CloudSweep.Core.Domain;
using CloudSweep.Core.Pruning;

namespace CloudSweep.Core.Tests.Pruning;

/// <summary>A rung of one combination, decided about report by report. Trial n has rate n.</summary>
internal sealed class Arrivals(int factor = 4, ObjectiveGoal goal = ObjectiveGoal.Minimize)
{
    private readonly PruningSpec.SuccessiveHalving _halving = new(factor);

    public ObjectiveGoal Goal => goal;

    public List<RungDecision> Decisions { get; } = [];

    public IEnumerable<RungEntry> Entries => Decisions.SelectMany(decision => decision.Entries);

    public static RungCandidate Candidate(int trial, double value, double error = 0, bool hasDiverged = false) =>
        new(trial, [trial], value, error, 100, hasDiverged);

    /// <summary>Reports these together.</summary>
    public Arrivals Report(params IEnumerable<RungCandidate> candidates)
    {
        RungCandidate[] reported = [.. candidates];
        var (entries, ranked) = HalvingRule.Decide(_halving, goal, [.. Entries], reported);
        Decisions.Add(new RungDecision(Decisions.Count + 1, 1, 1, 64, 100, ranked, entries));
        return this;
    }

    public IEnumerable<int> With(params RungOutcome[] outcomes) =>
        Entries.Where(entry => outcomes.Contains(entry.Outcome)).Select(entry => entry.Trials[0]).Order();

    public IEnumerable<int> GoOn() => Entries.Where(entry => entry.GoesOn()).Select(entry => entry.Trials[0]).Order();

    /// <summary>The same reports again, from what was stored of them.</summary>
    public Arrivals Replay()
    {
        var replay = new Arrivals(factor, goal);
        foreach (var decision in Decisions)
        {
            replay.Report(decision.Entries.Select(entry => new RungCandidate(entry.Rate, entry.Trials, entry.Value, entry.StandardError, decision.Rows, entry.Outcome == RungOutcome.Diverged)));
        }

        return replay;
    }
}
