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
        Require(offer);
        var leaseId = NewLeaseId();
        var result = await store.WriteAsync(transaction => Acquire(transaction, offer, leaseId), cancellationToken);
        Note(result);
        return result;
    }

    /// <exception cref="WorkerRefusedException">The Worker keeps its checkpoints elsewhere.</exception>
    public void Require(WorkerOffer offer)
    {
        CheckpointPlace.Require(checkpoints.Value.Location, offer.Checkpoints);
        workers.Note();
    }

    /// <summary>128 random bits, hexadecimal. Drawn before the transaction, which may be run again.</summary>
    public string NewLeaseId()
    {
        var bits = new byte[16];
        random.GetBytes(bits);
        return Convert.ToHexStringLower(bits);
    }

    /// <summary>Tells others of a grant once it is stored.</summary>
    public void Note(AcquireJobResult result)
    {
        if (result is AcquireJobResult.Granted)
        {
            meter.Grants.Add(1);
            changes.Signal();
        }
    }

    /// <summary>As <see cref="RunAsync"/>, as a part of a caller's transaction.</summary>
    public AcquireJobResult Acquire(IStoreTransaction transaction, WorkerOffer offer, string leaseId)
    {
        if (transaction.FindJobByAcquireRequest(offer.RequestId) is { State: JobState.Leased } held)
        {
            var renewed = held with { LeaseExpiresAt = time.GetUtcNow() + leases.Value.Duration };
            transaction.UpdateJob(renewed);
            return Describe(transaction, transaction.FindSweep(renewed.Id.Sweep)!, renewed, transaction.ListTrialsOfJob(renewed.Id));
        }

        var now = time.GetUtcNow();
        foreach (var (sweep, leased) in OpenSweeps(transaction, offer).Select(sweep => (Sweep: sweep, Leased: transaction.CountJobs(sweep.Id, JobState.Leased))).OrderBy(candidate => candidate.Leased))
        {
            var isRunning = sweep.State == SweepState.Running;
            if (!sweep.IsExpanded || !sweep.State.GrantsJobs())
            {
                continue;
            }

            var parallelism = SweepDocuments.SpecOf(sweep).Execution.Parallelism ?? int.MaxValue;
            if (leased >= parallelism || transaction.ListQueuedJobs(sweep.Id, now, 1) is not [var job])
            {
                continue;
            }

            var numerics = isRunning ? NumericsPin.Choose(sweep, offer) : sweep.Numerics;
            if (isRunning && numerics is null)
            {
                transaction.AddRemark(sweep.Id, $"A Worker with numerics {offer.NumericsVersion} ({string.Join(", ", offer.KernelPaths)}) can't train with those of this sweep ({sweep.Numerics ?? "execution.kernel"}).");
                continue;
            }

            return Grant(transaction, sweep, numerics, job, offer, leaseId, now);
        }

        return new AcquireJobResult.NothingForYou(RetryAfter);
    }

    private static IReadOnlyList<SweepRecord> OpenSweeps(IStoreTransaction transaction, WorkerOffer offer) => offer.Sweep switch
    {
        null => transaction.ListOpenSweeps(),
        { } only => transaction.FindSweep(only) is { } sweep ? [sweep] : [],
    };

    private AcquireJobResult.Granted Grant(
        IStoreTransaction transaction, SweepRecord sweep, string? numerics, JobRecord queued, WorkerOffer offer, string leaseId, DateTimeOffset now)
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
        var trials = transaction.ListTrialsOfJob(job.Id).Select(trial => trial.State == TrialState.Pending ? Begin(transaction, trial) : trial).ToArray();
        if (numerics == sweep.Numerics)
        {
            transaction.TouchSweep(sweep.Id);
            return Describe(transaction, sweep, job, trials);
        }

        return Describe(transaction, transaction.UpdateSweep(sweep with { Numerics = numerics }), job, trials);
    }

    private static TrialRecord Begin(IStoreTransaction transaction, TrialRecord pending)
    {
        var trial = pending.To(TrialState.Running);
        transaction.UpdateTrial(trial);
        return trial;
    }

    private AcquireJobResult.Granted Describe(IStoreTransaction transaction, SweepRecord sweep, JobRecord job, IReadOnlyList<TrialRecord> trials)
    {
        if (job.Kind == JobKind.Test)
        {
            var winner = transaction.FindTrial(job.Id.Sweep, job.Trial!.Value)!;
            return new AcquireJobResult.Granted(sweep, job, [winner], [], leases.Value.Duration, TrialModels.Find(transaction, job.Id.Sweep, winner.Number));
        }

        var profiled = job.Kind == JobKind.Profile ? transaction.ListShardProfiles(job.Id.Sweep) : new Dictionary<string, string>();
        return new AcquireJobResult.Granted(
            sweep,
            job,
            [.. trials.Where(trial => !trial.State.IsFinal())],
            [.. job.ShardKeys.Where(key => !profiled.ContainsKey(key))],
            leases.Value.Duration,
            transaction.ListCheckpoints(job.Id).LastOrDefault(checkpoint => checkpoint is { IsObsolete: false, Trial: null }));
    }
}
