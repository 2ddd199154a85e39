using CloudSweep.Coordinator.Configuration;
using CloudSweep.Coordinator.Diagnostics;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Application;

/// <summary>Takes a Worker's report, renews its lease and says what is still wanted. Repeating a report changes nothing.</summary>
internal sealed class ReportProgress(ISweepStore store, TimeProvider time, IOptions<LeaseOptions> leases, SweepChanges changes, CoordinatorMeter meter)
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

        var trials = transaction.ListTrialsOfJob(job.Id);
        var hasProgressed = StoreMeasurements(transaction, transaction.FindSweep(job.Id.Sweep)!, job, trials, report.Measurements);
        hasProgressed |= StoreOutcomes(transaction, trials, report);
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
        var sweep = transaction.UpdateSweep(transaction.FindSweep(job.Id.Sweep)!);
        var open = transaction.ListTrialsOfJob(job.Id).Where(trial => !trial.State.IsFinal()).Select(trial => trial.Number).ToArray();
        return new ProgressAnswer(sweep.State == SweepState.Paused ? JobDirective.Pause : JobDirective.Continue, leases.Value.Duration, open);
    }

    /// <summary>Stores what is of the job's trials and steps; the rest is none of the Worker's business.</summary>
    private bool StoreMeasurements(IStoreTransaction transaction, SweepRecord sweep, JobRecord job, IReadOnlyList<TrialRecord> trials, IReadOnlyList<Measurement> measurements)
    {
        var hasNew = false;
        var numbers = job.Kind == JobKind.Test ? [job.Trial!.Value] : trials.Select(trial => trial.Number).ToHashSet();
        foreach (var measurement in measurements.Where(measurement =>
            numbers.Contains(measurement.Trial) && measurement.Step <= sweep.StepsPerTrial && measurement is Measurement.Test == (job.Kind == JobKind.Test)))
        {
            var stored = transaction.InsertMeasurement(sweep.Id, measurement);
            hasNew |= stored is null;
            if (stored is not null && CanonicalJson.Write<object>(stored) != CanonicalJson.Write<object>(measurement))
            {
                meter.NumericsConflicts.Add(1);
                transaction.AddRemark(sweep.Id, $"NumericsConflict: trial {measurement.Trial} measured something else at step {measurement.Step} when it was trained again. The first values count.");
            }
        }

        return hasNew;
    }

    private bool StoreOutcomes(IStoreTransaction transaction, IReadOnlyList<TrialRecord> trials, ProgressReport report)
    {
        var outcomes = report.Outcomes.ToDictionary(outcome => outcome.Trial);
        var hasNew = false;
        foreach (var trial in trials.Where(trial => !trial.State.IsFinal()))
        {
            if (outcomes.TryGetValue(trial.Number, out var outcome) && outcome.State.IsFinal())
            {
                transaction.UpdateTrial(trial.To(outcome.State) with { Reason = outcome.Reason, Step = outcome.Step, FinishedAt = time.GetUtcNow() });
                TrialModels.Keep(transaction, report, trial.Number);
                hasNew = true;
            }
            else if (report.Step > trial.Step)
            {
                transaction.UpdateTrial(trial with { Step = report.Step });
            }
        }

        return hasNew;
    }

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

        transaction.PutCheckpoint(new CheckpointRecord(checkpoint.Name, claim.Job, claim.FencingToken, checkpoint.Step, checkpoint.SizeBytes, IsObsolete: false));
        return true;
    }
}
