using CloudSweep.Core.Domain;
using CloudSweep.Worker.Execution.Coordination;

namespace CloudSweep.Worker.Execution;

/// <summary>Something that the Coordinator must hear of.</summary>
internal abstract record News
{
    private News()
    {
    }

    public sealed record Measured(Measurement Measurement) : News;

    public sealed record Ended(TrialOutcome Outcome) : News;

    public sealed record Profiled(ShardProfile Profile) : News;

    public sealed record Checkpointed(CheckpointRef Checkpoint) : News;
}
