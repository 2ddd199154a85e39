using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>The kinds of jobs.</summary>
internal abstract record GrantedWork
{
    private GrantedWork()
    {
    }

    /// <summary>Read the text of these shards once and report a profile of each.</summary>
    public sealed record Profile(IReadOnlyList<string> ShardKeys) : GrantedWork;

    /// <summary>Train the open trials side by side.</summary>
    /// <param name="Trials">Trials that are not final; may be none.</param>
    /// <param name="Data">The merged profile.</param>
    /// <param name="Checkpoint">Where to resume; null = at the start.</param>
    public sealed record Train(IReadOnlyList<LaneSpec> Trials, DataProfile Data, CheckpointRef? Checkpoint) : GrantedWork;

    /// <summary>Score the test rows with the winner's model.</summary>
    /// <param name="Trial">The winner.</param>
    /// <param name="Model">Its weights.</param>
    /// <param name="Data">The merged profile.</param>
    public sealed record Test(LaneSpec Trial, ModelRef Model, DataProfile Data) : GrantedWork;
}
