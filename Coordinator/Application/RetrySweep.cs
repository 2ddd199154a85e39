using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Coordinator.Application;

/// <summary>Has trials that failed tried again from their beginning. What earlier tries measured is kept and counts no more.</summary>
internal sealed class RetrySweep(ISweepStore store, SweepStages stages, SweepChanges changes)
{
    /// <summary>The sweep's state, and the trials that this call queued again; none when nothing had failed. A repeat finds them queued, and changes nothing.</summary>
    /// <param name="trials">Trials to try again where they failed; none = all that failed. Of a configuration that was pruned none is tried again.</param>
    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    /// <exception cref="InvalidSweepException">It has no trial of such a number.</exception>
    /// <exception cref="SweepFinishedException">It was cancelled, which is final.</exception>
    public async Task<(SweepState State, IReadOnlyList<int> Retried)> RunAsync(SweepId id, IReadOnlyList<int> trials, CancellationToken cancellationToken)
    {
        var retried = await store.WriteAsync(transaction => Retry(transaction, id, trials.ToHashSet()), cancellationToken);
        changes.Signal();
        return retried;
    }

    private (SweepState State, IReadOnlyList<int> Retried) Retry(IStoreTransaction transaction, SweepId id, HashSet<int> wanted)
    {
        var sweep = SweepReader.Find(transaction, id);
        if (sweep.State == SweepState.Cancelled)
        {
            throw new SweepFinishedException($"Sweep {id} was cancelled, which is final. Submit its file with --fresh to start over.");
        }

        var trials = transaction.ListTrials(id);
        if (wanted.Where(number => number < 1 || number > trials.Count).ToArray() is { Length: > 0 } unknown)
        {
            throw new InvalidSweepException([new SpecViolation("trials", string.Create(CultureInfo.InvariantCulture, $"Sweep {id} has no trial {unknown[0]}; it has 1 to {trials.Count}."))]);
        }

        // Repeats go together: where a configuration was pruned, one of them that failed before has nothing left to be compared with.
        var pruned = trials.Where(trial => trial.State == TrialState.Pruned).Select(ConfigurationOf).ToHashSet();

        // A sweep that failed as a whole goes on as a whole: its data was not read, so no trial of it has begun.
        var failed = sweep.State == SweepState.Failed
            ? trials.Where(trial => trial.State == TrialState.Cancelled && trial.Reason == sweep.Reason).Select(Queued).ToArray()
            : [.. trials.Where(trial => trial.State == TrialState.Failed && (wanted.Count == 0 || wanted.Contains(trial.Number)) && !pruned.Contains(ConfigurationOf(trial))).Select(Queued).Select(trial => trial with { Try = trial.Try + 1 })];
        if (failed.Length == 0 && sweep.State != SweepState.Failed)
        {
            return (sweep.State, []);
        }

        foreach (var trial in failed)
        {
            transaction.UpdateTrial(trial);
        }

        return (stages.GoOn(transaction, sweep).State, [.. failed.Select(trial => trial.Number)]);
    }

    private static (CombinationKey Combination, float Rate) ConfigurationOf(TrialRecord trial) => (CombinationKey.Of(trial.Parameters), (float)trial.Parameters.LearningRate);

    private static TrialRecord Queued(TrialRecord trial) =>
        trial.To(TrialState.Pending) with { Reason = "", Job = 0, Step = 0, Score = null, ScoreStep = 0, FinishedAt = null };
}
