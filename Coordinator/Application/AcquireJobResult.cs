using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>What the Coordinator answers to a Worker that asks for a job.</summary>
internal abstract record AcquireJobResult
{
    private AcquireJobResult()
    {
    }

    /// <param name="Sweep">The job's sweep.</param>
    /// <param name="Job">The leased job.</param>
    /// <param name="OpenTrials">Trials still to be trained; the trial to score of a test job; empty for a profile job.</param>
    /// <param name="OpenShards">Shards without a profile; empty for training.</param>
    /// <param name="LeaseDuration">Time until the lease expires unless it is renewed.</param>
    /// <param name="Checkpoint">Where to resume; null = from the start. Of a test job, the model of its trial.</param>
    internal sealed record Granted(
        SweepRecord Sweep,
        JobRecord Job,
        IReadOnlyList<TrialRecord> OpenTrials,
        IReadOnlyList<string> OpenShards,
        TimeSpan LeaseDuration,
        CheckpointRecord? Checkpoint) : AcquireJobResult;

    /// <summary>No job is eligible for this Worker now.</summary>
    internal sealed record NothingForYou(TimeSpan RetryAfter) : AcquireJobResult;
}
