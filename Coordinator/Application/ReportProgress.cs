using CloudSweep.Coordinator.Configuration;
using CloudSweep.Coordinator.Diagnostics;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ports.Store;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Application;

/// <summary>Takes a Worker's report, renews its lease and says what is still wanted. Repeating a report changes nothing.</summary>
internal sealed class ReportProgress(ISweepStore store, TimeProvider time, IOptions<LeaseOptions> leases, RungDecisions rungs, SweepChanges changes, CoordinatorMeter meter)
{
    /// <exception cref="LeaseLostException">A newer grant or a reap replaced the lease.</exception>
    public async Task<ProgressAnswer> RunAsync(ProgressReport report, CancellationToken cancellationToken)
    {
        var answer = await store.WriteAsync(transaction => Report(transaction, report), cancellationToken);
        meter.Reports.Add(1);
        changes.Signal();
        return answer;
    }

    private ProgressAnswer Report(IStoreTransaction transaction, ProgressReport report)
    {
        var job = LeaseRules.RequireLatest(transaction, report.Claim);
        if (job.State == JobState.Finished)
        {
            return new ProgressAnswer(JobDirective.Cancel, leases.Value.Duration, []);
        }

        var trials = job.Kind == JobKind.Test ? [transaction.FindTrial(job.Id.Sweep, job.Trial!.Value)!] : transaction.ListTrialsOfJob(job.Id);
        var scored = trials.ToDictionary(trial => trial.Number);
        var trained = transaction.FindSweep(job.Id.Sweep)!;
        var hasProgressed = StoreMeasurements(transaction, trained, job, scored, report.Measurements);
        hasProgressed |= StoreTrials(transaction, trained, trials, scored, report);
        foreach (var (key, profile) in report.ShardProfiles.Where(profile => job.ShardKeys.Contains(profile.Key)))
        {
            hasProgressed |= transaction.InsertShardProfile(job.Id.Sweep, key, profile);
        }

        if (report.Checkpoint is { } checkpoint)
        {
            hasProgressed |= Register(transaction, report.Claim, checkpoint);
        }

        report.Counters?.Store(transaction, report.Claim);
        transaction.UpdateJob(job with { LeaseExpiresAt = time.GetUtcNow() + leases.Value.Duration, HasProgressed = job.HasProgressed || hasProgressed });
        IEnumerable<TrialRecord> now = rungs.Decide(transaction, trained, job, report) ? transaction.ListTrialsOfJob(job.Id) : scored.Values;
        transaction.TouchSweep(job.Id.Sweep);
        int[] open = job.Kind == JobKind.Test ? [] : [.. now.Where(trial => !trial.State.IsFinal()).Select(trial => trial.Number).Order()];

        // No report changes the state of a sweep: its job is still open.
        return new ProgressAnswer(trained.State == SweepState.Paused ? JobDirective.Pause : JobDirective.Continue, leases.Value.Duration, open);
    }

    /// <summary>
    /// Stores what is of the job's trials, their tries and steps, and scores the trials by it; the rest is none of the Worker's business. A trial that another job's
    /// report pruned may be trained on until this Worker hears of it, which counts no more.
    /// </summary>
    private bool StoreMeasurements(IStoreTransaction transaction, SweepRecord sweep, JobRecord job, Dictionary<int, TrialRecord> trials, IReadOnlyList<Measurement> measurements)
    {
        var hasNew = false;
        var objective = measurements.Count > 0 ? SweepDocuments.SpecOf(sweep).Objective : null;
        var lastSteps = trials.Values.ToDictionary(trial => trial.Number, trial => StepsOf(sweep, trial)?.Total ?? 0);
        foreach (var measurement in measurements.Where(measurement =>
            measurement.Step <= lastSteps.GetValueOrDefault(measurement.Trial) && measurement.Try == trials[measurement.Trial].Try && trials[measurement.Trial].State != TrialState.Pruned && measurement is Measurement.Test == (job.Kind == JobKind.Test)))
        {
            var stored = transaction.InsertMeasurement(sweep.Id, measurement);
            if (stored is null)
            {
                hasNew = true;
                if (measurement is Measurement.Evaluation evaluation)
                {
                    trials[measurement.Trial] = trials[measurement.Trial].Scored(evaluation, objective!);
                }
            }
            else if (CanonicalJson.Write<object>(stored) != CanonicalJson.Write<object>(measurement))
            {
                meter.NumericsConflicts.Add(1);
                transaction.AddRemark(sweep.Id, $"NumericsConflict: trial {measurement.Trial} measured something else at step {measurement.Step} when it was trained again. The first values count.");
            }
        }

        return hasNew;
    }

    /// <summary>Stores trials whose score, step or state is another one now, and puts them into <paramref name="scored"/>; whether one of them ended.</summary>
    private bool StoreTrials(IStoreTransaction transaction, SweepRecord sweep, IReadOnlyList<TrialRecord> stored, Dictionary<int, TrialRecord> scored, ProgressReport report)
    {
        var outcomes = report.Outcomes.ToDictionary(outcome => outcome.Trial);
        var hasNew = false;
        foreach (var before in stored)
        {
            var trial = scored[before.Number];
            if (!trial.State.IsFinal() && outcomes.TryGetValue(trial.Number, out var outcome) && outcome.State.IsFinal())
            {
                trial = trial.To(outcome.State) with { Reason = outcome.Reason, Step = outcome.Step, FinishedAt = time.GetUtcNow() };
                TrialModels.Keep(transaction, report, trial.Number);
                hasNew = true;
            }
            else if (!trial.State.IsFinal() && StepsOf(sweep, trial)?.At(report.Position) is { } step && step > trial.Step)
            {
                trial = trial with { Step = step };
            }

            if (trial != before)
            {
                scored[trial.Number] = trial;
                transaction.UpdateTrial(trial);
            }
        }

        return hasNew;
    }

    /// <summary>Null before the rows are known.</summary>
    private static StepCount? StepsOf(SweepRecord sweep, TrialRecord trial) =>
        sweep.TrainRows == 0 ? null : StepCount.Of(trial.Parameters, sweep.TrainRows);

    private static bool Register(IStoreTransaction transaction, LeaseClaim claim, ReportedCheckpoint checkpoint)
    {
        var registered = transaction.ListCheckpoints(claim.Job);
        if (registered.Any(other => other.Name == checkpoint.Name))
        {
            return false;
        }

        foreach (var other in registered.Where(other => other is { IsObsolete: false, Trial: null }))
        {
            transaction.PutCheckpoint(other with { IsObsolete = true });
        }

        transaction.PutCheckpoint(new CheckpointRecord(checkpoint.Name, claim.Job, claim.FencingToken, checkpoint.Position, checkpoint.SizeBytes, IsObsolete: false));
        return true;
    }
}
