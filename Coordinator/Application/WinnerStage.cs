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

        var tests = transaction.ListJobs(sweep.Id).Where(job => job.Kind == JobKind.Test).ToArray();
        if (tests.Any(job => job.Trial == winner))
        {
            return false;
        }

        if (TrialModels.Find(transaction, sweep.Id, winner) is null)
        {
            transaction.AddRemark(sweep.Id, $"data.test was not scored: {(WentOn(transaction, sweep) ? LostModel(winner) : $"the model of trial {winner} could not be stored. The Worker's log tells why.")}");
            return false;
        }

        if (tests.LastOrDefault(job => TestOf(transaction, job) is not null) is { Trial: { } former })
        {
            transaction.AddRemark(sweep.Id, $"data.test was scored for trial {former} before trials were added, and for trial {winner} after: the second score is seen by one choice more.");
        }

        var job = new JobRecord { Id = new JobId(sweep.Id, sweep.JobCount + 1), Kind = JobKind.Test, Trial = winner, EligibleAt = now };
        transaction.InsertJobs([job]);
        transaction.UpdateSweep(sweep with { JobCount = sweep.JobCount + 1, OpenJobs = 1 });
        return true;
    }

    /// <summary>Remarks that the winner of a sweep that went on after its end has no model any more: only winners keep theirs, and it was none then.</summary>
    public static void TellOfLostModel(IStoreTransaction transaction, SweepRecord sweep, SweepAnswer answer)
    {
        if (Winner.Of(answer) is { } winner && WentOn(transaction, sweep) && TrialModels.Find(transaction, sweep.Id, winner) is null)
        {
            transaction.AddRemark(sweep.Id, $"The winner can't be exported or predict: {LostModel(winner)}");
        }
    }

    private static bool WentOn(IStoreView view, SweepRecord sweep) => sweep.Rounds > 1 || view.ListTrials(sweep.Id).Any(trial => trial.Try > 1);

    // Which of the two it was is not known any more once the object is deleted.
    private static string LostModel(int winner) =>
        $"the model of trial {winner} is gone. It was deleted when another trial won, before trials were added or retried, or could not be stored. Submit the file with --fresh to have it.";

    /// <summary>What a test job measured; null before it did.</summary>
    public static Measurement.Test? TestOf(IStoreView view, JobRecord job) =>
        view.ListMeasurementsOfTrial(job.Id.Sweep, job.Trial!.Value).OfType<Measurement.Test>().FirstOrDefault();
}
