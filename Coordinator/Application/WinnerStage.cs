using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Coordinator.Application;

/// <summary>
/// The last stage of a sweep that has test data: its winner, and nobody else, is scored on it, once. Where trials that were added later win, there is a
/// second winner to score, and a remark that says so.
/// </summary>
internal static class WinnerStage
{
    /// <summary>Makes the test job of a sweep whose trials are all final; false when there is none to make.</summary>
    public static bool TryStart(IStoreTransaction transaction, SweepRecord sweep, DateTimeOffset now)
    {
        var hasTestRows = CanonicalJson.Read<ShardTable>(sweep.ShardTableJson).Shards.Any(shard => shard.Role == ShardRole.Test);
        if (!hasTestRows || Winner.Of(SweepReader.Answer(transaction, sweep)) is not { } winner)
        {
            return false;
        }

        var scored = transaction.ListJobs(sweep.Id).Where(job => job.Kind == JobKind.Test).Select(job => job.Trial!.Value).ToArray();
        if (scored.Contains(winner))
        {
            return false;
        }

        if (TrialModels.Find(transaction, sweep.Id, winner) is null)
        {
            transaction.AddRemark(sweep.Id, transaction.FindTrial(sweep.Id, winner)!.Round == sweep.Rounds
                ? $"data.test was not scored: the model of trial {winner} could not be stored. The Worker's log tells why."
                : $"data.test was not scored: trial {winner} wins since trials were added, and its model was deleted when another one won. Submit the file with --fresh to have it.");
            return false;
        }

        if (scored is [.., var former])
        {
            transaction.AddRemark(sweep.Id, $"data.test was scored for trial {former} before trials were added, and for trial {winner} after: the second score is seen by one choice more.");
        }

        var job = new JobRecord { Id = new JobId(sweep.Id, sweep.JobCount + 1), Kind = JobKind.Test, Trial = winner, EligibleAt = now };
        transaction.InsertJobs([job]);
        transaction.UpdateSweep(sweep with { JobCount = sweep.JobCount + 1, OpenJobs = 1 });
        return true;
    }

    /// <summary>What a test job measured; null before it did.</summary>
    public static Measurement.Test? TestOf(IStoreView view, JobRecord job) =>
        view.ListMeasurementsOfTrial(job.Id.Sweep, job.Trial!.Value).OfType<Measurement.Test>().FirstOrDefault();
}
