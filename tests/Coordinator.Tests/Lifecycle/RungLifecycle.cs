using CloudSweep.Core.Domain;
using CloudSweep.Core.Pruning;
using CloudSweep.Core.Verdicts;
using CloudSweep.Protos.V1;
using RungDecision = CloudSweep.Core.Pruning.RungDecision;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Sweeps of 1,280 steps a trial that are pruned by 4, and a Worker that climbs their rungs.</summary>
public abstract class RungLifecycle(StoreChoice store) : LifecycleTests(store)
{
    private protected static SubmitSweepRequest With(int rates, int repeats = 1, int trialsPerJob = 16) =>
        With(new LearningRateGrid.Log(0.01, 100, rates), repeats, trialsPerJob);

    // 160 training rows are 5 steps, so 256 epochs are 1,280, with rungs at 80 and 320.
    private protected static SubmitSweepRequest With(LearningRateGrid grid, int repeats = 1, int trialsPerJob = 16) => Samples.Submission(Samples.Spec with
    {
        LearningRate = grid,
        Repeats = repeats,
        Training = Samples.Spec.Training with { Epochs = 256 },
        Execution = Samples.Spec.Execution with { TrialsPerJob = trialsPerJob },
        Pruning = new PruningSpec.SuccessiveHalving(),
    });

    private protected static IEnumerable<Protos.V1.Measurement> Rungs(Grant grant, int rung) =>
        grant.Train.Trials.Select(trial => RungSamples.Rung(trial.Number, rung, 0.1 * trial.Number));

    /// <summary>Trains as a Worker does: to each rung, then on with those that are wanted, then to the end.</summary>
    private protected async Task ClimbAsync(Grant grant, Func<int, double>? rankOf = null)
    {
        IReadOnlyList<int> open = [.. grant.Train.Trials.Select(trial => trial.Number)];
        for (var rung = 1; rung <= 2; rung++)
        {
            open = (await Worker.ReportAsync(grant, report => report.Measurements.Add(open.Select(trial => RungSamples.Rung(trial, rung, LossOf(trial)))))).OpenTrials;
        }

        await Worker.ReportAsync(grant, report =>
        {
            report.Measurements.Add(open.SelectMany(trial => RungSamples.Curve(trial, LossOf(trial))));
            report.Outcomes.Add(open.Select(trial => new Protos.V1.TrialOutcome { Trial = trial, State = TrialState.Completed, Step = 1280 }));
        });

        double LossOf(int trial) => 0.1 * (rankOf?.Invoke(trial) ?? trial);
    }

    /// <summary>The stored values, in sequence, lead to the stored decisions.</summary>
    private protected Task<bool> AssertReplayAsync(string sweep, Core.Domain.ObjectiveGoal goal = Core.Domain.ObjectiveGoal.Minimize) => Host.Store.ReadAsync(
        view =>
        {
            var stored = view.ListRungDecisions(new SweepId(sweep));
            var replayed = new List<RungDecision>();
            foreach (var decision in stored)
            {
                var earlier = replayed.Where(other => other.Rung == decision.Rung && KeyOf(other) == KeyOf(decision)).SelectMany(other => other.Entries).ToArray();
                var (entries, ranked) = HalvingRule.Decide(
                    new PruningSpec.SuccessiveHalving(),
                    goal,
                    earlier,
                    [.. decision.Entries.Select(entry => new RungCandidate(entry.Rate, entry.Trials, entry.Value, entry.StandardError, decision.Rows, entry.Outcome == Core.Pruning.RungOutcome.Diverged))]);
                replayed.Add(decision with { Ranked = ranked, Entries = entries });
            }

            Assert.NotEmpty(stored);
            Assert.Equal(stored.Select(CanonicalJson.Write), replayed.Select(CanonicalJson.Write));
            Assert.Equal(Enumerable.Range(1, stored.Count), stored.Select(decision => decision.Sequence));
            return true;

            CombinationKey KeyOf(RungDecision decision) => CombinationKey.Of(view.FindTrial(new SweepId(sweep), decision.FirstTrial())!.Parameters);
        },
        TestContext.Current.CancellationToken);
}
