using System.Security.Cryptography;
using System.Text;
using CloudSweep.Coordinator.Configuration;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Planning.Features;
using CloudSweep.Core.Planning.Packing;
using CloudSweep.Core.Planning.Search;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Spec;
using CloudSweep.Core.Verdicts;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Application;

/// <summary>Moves a sweep on when its last open job closes: from the profile to training, from training to the test of its winner, and to its end.</summary>
internal sealed class SweepStages(TimeProvider time, IOptions<PackingOptions> packing)
{
    /// <summary>Finishes a job and counts it down; at zero the same transaction takes the next stage.</summary>
    public void CloseJob(IStoreTransaction transaction, JobRecord job)
    {
        SweepEnding.Close(transaction, job);
        var sweep = transaction.FindSweep(job.Id.Sweep)!;
        Advance(transaction, transaction.UpdateSweep(sweep with { OpenJobs = sweep.OpenJobs - 1 }));
    }

    /// <summary>Takes the next stage of a sweep without open jobs; whether it did. Also mends a sweep whose Coordinator died in between.</summary>
    public bool Advance(IStoreTransaction transaction, SweepRecord sweep)
    {
        if (sweep.State.IsFinal() || sweep.State == SweepState.Paused || !sweep.IsExpanded || sweep.OpenJobs > 0)
        {
            return false;
        }

        if (sweep.State == SweepState.Preparing)
        {
            StartTraining(transaction, sweep);
        }
        else
        {
            SearchOnOrEnd(transaction, sweep);
        }

        return true;
    }

    /// <summary>
    /// Packs the trials that wait for a job, and lets an ended sweep go on: with its data where that was not read to its end, else in training.
    /// A paused one stays paused.
    /// </summary>
    public SweepRecord GoOn(IStoreTransaction transaction, SweepRecord sweep)
    {
        var open = sweep.State.IsFinal()
            ? sweep.To(sweep.ProfileJson is null ? SweepState.Preparing : SweepState.Running) with { Reason = "", FinishedAt = null, IsInputAtFault = false }
            : sweep;
        var jobs = open.ProfileJson is { } profile
            ? AddTrainingJobs(transaction, open, SweepDocuments.SpecOf(sweep), CanonicalJson.Read<DataProfile>(profile))
            : sweep.State.IsFinal() ? AddProfileJobs(transaction, open) : 0;
        var updated = transaction.UpdateSweep(open with { JobCount = open.JobCount + jobs, OpenJobs = open.OpenJobs + jobs });
        return Advance(transaction, updated) ? transaction.FindSweep(sweep.Id)! : updated;
    }

    /// <summary>Stores a round of trials and lets the sweep go on with it.</summary>
    public SweepRecord AddRound(IStoreTransaction transaction, SweepRecord sweep, IReadOnlyList<Trial> trials)
    {
        var round = sweep.Rounds + 1;
        transaction.InsertTrials(sweep.Id, [.. trials.Select(trial => new TrialRecord { Sweep = sweep.Id, Number = trial.Number, Parameters = trial.Parameters, Round = round })]);
        return GoOn(transaction, sweep with { Rounds = round, TrialCount = sweep.TrialCount + trials.Count });
    }

    private void SearchOnOrEnd(IStoreTransaction transaction, SweepRecord before)
    {
        var (sweep, trials) = RangeStage.Decide(transaction, before);
        if (trials.Count > 0)
        {
            AddRound(transaction, sweep, trials);
        }
        else if (!TrySearchOn(transaction, sweep) && !WinnerStage.TryStart(transaction, sweep, time.GetUtcNow()))
        {
            var answer = SweepReader.Answer(transaction, sweep);
            WinnerStage.TellOfLostModel(transaction, sweep, answer);
            TrialModels.GiveUpOthers(transaction, sweep.Id, Winner.Models(answer));
            transaction.UpdateSweep(sweep.To(SweepState.Completed) with { FinishedAt = time.GetUtcNow() });
        }
    }

    /// <summary>Adds the round that the sweep file asks for next; whether there was one. A sweep that a person stopped tries nothing new.</summary>
    private bool TrySearchOn(IStoreTransaction transaction, SweepRecord sweep)
    {
        var spec = SweepDocuments.SpecOf(sweep);
        if (sweep.IsStopped || NextRound.MostTrials(spec) == 0)
        {
            return false;
        }

        var present = transaction.ListTrials(sweep.Id).Select(trial => new Trial(trial.Number, trial.Parameters)).ToArray();
        if (NextRound.Of(spec, SweepReader.Answer(transaction, sweep), present, RangeStage.DecisionsOf(sweep), sweep.EdgeRounds, sweep.Refinements) is not var (kind, trials) || present.Length + trials.Count > SweepSpecRules.MaxTrials)
        {
            return false;
        }

        AddRound(transaction, kind == RoundKind.Edges ? sweep with { EdgeRounds = sweep.EdgeRounds + 1 } : sweep with { Refinements = sweep.Refinements + 1 }, trials);
        return true;
    }

    private void StartTraining(IStoreTransaction transaction, SweepRecord sweep)
    {
        try
        {
            var spec = SweepDocuments.SpecOf(sweep);
            var reported = transaction.ListShardProfiles(sweep.Id);
            var shards = CanonicalJson.Read<ShardTable>(sweep.ShardTableJson).Shards;
            var profile = ProfileMerger.Merge([.. shards.Select(shard => CanonicalJson.Read<ShardProfile>(reported[shard.Key]) with { Role = shard.Role })], spec.Data);
            FeatureLayout.Of(spec.Data, profile).Require(profile.TrainRows());
            ModelFit.Require(spec, profile);
            var json = CanonicalJson.Write(profile);
            var jobs = AddTrainingJobs(transaction, sweep, spec, profile);
            if (PruningText.RemarkOn(spec, profile.TrainRows()) is { } remark)
            {
                transaction.AddRemark(sweep.Id, remark);
            }

            transaction.UpdateSweep(sweep.To(SweepState.Running) with
            {
                ProfileJson = json,
                ProfileHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))),
                TrainRows = profile.TrainRows(),
                JobCount = sweep.JobCount + jobs,
                OpenJobs = jobs,
            });
        }
        catch (DataErrorException exception)
        {
            SweepEnding.End(transaction, sweep.Id, SweepState.Failed, TrialState.Cancelled, exception.Message, time.GetUtcNow(), isInputAtFault: true);
        }
    }

    private int AddProfileJobs(IStoreTransaction transaction, SweepRecord sweep)
    {
        var profiled = transaction.ListShardProfiles(sweep.Id);
        var shards = CanonicalJson.Read<ShardTable>(sweep.ShardTableJson).Shards.Where(shard => !profiled.ContainsKey(shard.Key)).ToArray();
        var jobs = ProfileJobs.For(sweep, shards, time.GetUtcNow());
        transaction.InsertJobs(jobs);
        return jobs.Count;
    }

    private int AddTrainingJobs(IStoreTransaction transaction, SweepRecord sweep, SweepSpec spec, DataProfile profile)
    {
        var trials = transaction.ListTrials(sweep.Id).Where(trial => trial is { State: TrialState.Pending, Job: 0 });
        var packed = JobPacker.Pack(spec, [.. trials.Select(trial => new Trial(trial.Number, trial.Parameters))], packing.Value.Slots, DataShape.Of(spec.Data, profile)).Jobs;
        var jobs = packed.Select((_, index) => new JobRecord
        {
            Id = new JobId(sweep.Id, sweep.JobCount + 1 + index),
            Kind = JobKind.Train,
            EligibleAt = time.GetUtcNow(),
        }).ToArray();
        transaction.InsertJobs(jobs);
        foreach (var (numbers, job) in packed.Zip(jobs))
        {
            transaction.AssignTrials(job.Id, numbers);
        }

        return jobs.Length;
    }
}
