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

    /// <param name="Outcome">How the trial ended.</param>
    /// <param name="Model">What it learned; null when there is nothing to keep, or it could not be stored.</param>
    public sealed record Ended(TrialOutcome Outcome, ModelRef? Model) : News;

    public sealed record Profiled(ShardProfile Profile) : News;

    /// <summary>Nothing new: whoever waits for <paramref name="Answered"/> wants to know what is wanted after all that was told before.</summary>
    /// <param name="Answered">Completed once the Coordinator has answered.</param>
    public sealed record Asked(TaskCompletionSource Answered) : News;

    public sealed record Checkpointed(CheckpointRef Checkpoint) : News;
}
