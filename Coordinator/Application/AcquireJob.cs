using System.Security.Cryptography;
using CloudSweep.Coordinator.Configuration;
using CloudSweep.Coordinator.Diagnostics;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Application;

/// <summary>Grants any eligible job, to the sweep with the fewest leased jobs first and then to the oldest.</summary>
internal sealed class AcquireJob(
    ISweepStore store,
    TimeProvider time,
    IOptions<LeaseOptions> leases,
    IOptions<CheckpointOptions> checkpoints,
    RandomNumberGenerator random,
    SweepChanges changes,
    WorkerPresence workers,
    CoordinatorMeter meter)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <exception cref="WorkerRefusedException">The Worker keeps its checkpoints elsewhere.</exception>
    public async Task<AcquireJobResult> RunAsync(WorkerOffer offer, CancellationToken cancellationToken)
    {
        CheckpointPlace.Require(checkpoints.Value.Location, offer.Checkpoints);
        workers.Note();
        var bits = new byte[16];
        random.GetBytes(bits);
        var leaseId = Convert.ToHexStringLower(bits);
        var result = await store.WriteAsync(transaction => Acquire(transaction, offer, leaseId), cancellationToken);
        if (result is AcquireJobResult.Granted)
        {
            meter.Grants.Add(1);
            changes.Signal();
        }

        return result;
    }

    private AcquireJobResult Acquire(IStoreTransaction transaction, WorkerOffer offer, string leaseId)
    {
        if (transaction.FindJobByAcquireRequest(offer.RequestId) is { State: JobState.Leased } held)
        {
            var renewed = held with { LeaseExpiresAt = time.GetUtcNow() + leases.Value.Duration };
            transaction.UpdateJob(renewed);
            return Describe(transaction, renewed);
        }

        var now = time.GetUtcNow();
        var leased = transaction.ListLeasedJobs().CountBy(job => job.Id.Sweep).ToDictionary();
        foreach (var sweep in OpenSweeps(transaction, offer).OrderBy(sweep => leased.GetValueOrDefault(sweep.Id)))
        {
            var isRunning = sweep.State == SweepState.Running;
            if (!sweep.IsExpanded || !sweep.State.GrantsJobs())
            {
                continue;
            }

            var parallelism = CanonicalJson.Read<SweepSpec>(sweep.SpecJson).Execution.Parallelism ?? int.MaxValue;
            if (leased.GetValueOrDefault(sweep.Id) >= parallelism || transaction.ListQueuedJobs(sweep.Id, now, 1) is not [var job])
            {
                continue;
            }

            var numerics = isRunning ? NumericsPin.Choose(sweep, offer) : sweep.Numerics;
            if (isRunning && numerics is null)
            {
                transaction.AddRemark(sweep.Id, $"A Worker with numerics {offer.NumericsVersion} ({string.Join(", ", offer.KernelPaths)}) can't train with those of this sweep ({sweep.Numerics ?? "execution.kernel"}).");
                continue;
            }

            return Grant(transaction, sweep with { Numerics = numerics }, job, offer, leaseId, now);
        }

        return new AcquireJobResult.NothingForYou(RetryAfter);
    }

    private static IReadOnlyList<SweepRecord> OpenSweeps(IStoreTransaction transaction, WorkerOffer offer) => offer.Sweep switch
    {
        null => transaction.ListOpenSweeps(),
        { } only => transaction.FindSweep(only) is { } sweep ? [sweep] : [],
    };

    private AcquireJobResult.Granted Grant(
        IStoreTransaction transaction, SweepRecord sweep, JobRecord queued, WorkerOffer offer, string leaseId, DateTimeOffset now)
    {
        var job = queued.To(JobState.Leased) with
        {
            Attempt = queued.Attempt + 1,
            FencingToken = queued.FencingToken + 1,
            LeaseId = leaseId,
            Worker = offer.Worker,
            AcquireRequestId = offer.RequestId,
            LeaseExpiresAt = now + leases.Value.Duration,
            HasProgressed = false,
        };
        transaction.UpdateJob(job);
        transaction.PutAttempt(new AttemptRecord(job.Id, job.FencingToken, offer.Worker, now));
        foreach (var trial in transaction.ListTrialsOfJob(job.Id).Where(trial => trial.State == TrialState.Pending))
        {
            transaction.UpdateTrial(trial.To(TrialState.Running));
        }

        transaction.UpdateSweep(sweep);
        return Describe(transaction, job);
    }

    private AcquireJobResult.Granted Describe(IStoreTransaction transaction, JobRecord job)
    {
        if (job.Kind == JobKind.Test)
        {
            var winner = transaction.FindTrial(job.Id.Sweep, job.Trial!.Value)!;
            return new AcquireJobResult.Granted(transaction.FindSweep(job.Id.Sweep)!, job, [winner], [], leases.Value.Duration, TrialModels.Find(transaction, job.Id.Sweep, winner.Number));
        }

        var profiled = transaction.ListShardProfiles(job.Id.Sweep);
        return new AcquireJobResult.Granted(
            transaction.FindSweep(job.Id.Sweep)!,
            job,
            [.. transaction.ListTrialsOfJob(job.Id).Where(trial => !trial.State.IsFinal())],
            [.. job.ShardKeys.Where(key => !profiled.ContainsKey(key))],
            leases.Value.Duration,
            transaction.ListCheckpoints(job.Id).LastOrDefault(checkpoint => checkpoint is { IsObsolete: false, Trial: null }));
    }
}
