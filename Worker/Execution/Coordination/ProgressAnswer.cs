namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>What the Coordinator wants of an attempt.</summary>
/// <param name="Directive">Go on or not.</param>
/// <param name="LeaseDuration">Time left on the renewed lease.</param>
/// <param name="OpenTrials">Trials of the job that are still to be trained.</param>
internal sealed record ProgressAnswer(JobDirective Directive, TimeSpan LeaseDuration, IReadOnlySet<int> OpenTrials);
