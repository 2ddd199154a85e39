using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Planning.Search;
using CloudSweep.Core.Pruning;
using CloudSweep.Core.Ranking;
using CloudSweep.Core.Verdicts;
using CloudSweep.Worker.Training;

namespace CloudSweep.Benchmarks.Regret;

/// <summary>A whole sweep on rows in memory, with its rounds, as <c>cloudsweep run</c> on one slot decides it.</summary>
/// <param name="Answer">What it found.</param>
/// <param name="Results">Of all trials.</param>
/// <param name="LaneRows">Rows summed over lanes, trained and evaluated.</param>
internal sealed record SweepRun(SweepAnswer Answer, IReadOnlyList<TrialResult> Results, long LaneRows)
{
    /// <param name="spec">One combination of all settings but the rate and the repeat.</param>
    /// <param name="rows">What to train on; every repeat has an order of its own.</param>
    /// <param name="threads">Training threads; no number of them changes a bit.</param>
    public static SweepRun Of(SweepSpec spec, TableRows rows, int threads)
    {
        var (profile, results, decided, laneRows) = (rows.Profile(), new List<TrialResult>(), new Dictionary<long, List<RungEntry>>(), 0L);
        Trial[] next = [.. TrialExpander.Expand(spec)];
        for (var (edges, refinements) = (0, 0); ;)
        {
            foreach (var job in next.GroupBy(trial => trial.Parameters.Repeat))
            {
                var round = Train(spec, [.. job], rows, Baseline.TrainingLoss(profile), decided, threads);
                results.AddRange(round.Results());
                laneRows += round.LaneRows;
            }

            var answer = SweepAnswerer.Answer(spec, profile, results);
            if (NextRound.Of(spec, answer, [.. results.Select(result => result.Trial)], [], edges, refinements) is not { } planned)
            {
                return new SweepRun(answer, results, laneRows);
            }

            (edges, refinements) = planned.Kind == RoundKind.Edges ? (edges + 1, refinements) : (edges, refinements + 1);
            next = [.. planned.Trials];
        }
    }

    private static SweepRound Train(SweepSpec spec, Trial[] trials, TableRows rows, double baselineLoss, Dictionary<long, List<RungEntry>> decided, int threads)
    {
        var round = new SweepRound(trials, spec.Objective, spec.Pruning, decided);
        var parameters = trials[0].Parameters;
        var plan = new TrainingPlan([.. trials.Select(trial => new LaneSpec(trial.Number, 1, trial.Parameters))], baselineLoss, Pruning: spec.Pruning);
        var ordered = rows.Ordered(TrialSeeds.For(parameters.Training, parameters.Repeat).DataOrder);
        new JobTrainer(plan, ordered, KernelPaths.Supported()[0], threads, round).Run(null, CancellationToken.None);
        return round;
    }
}
