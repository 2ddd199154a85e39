namespace CloudSweep.Coordinator.Application;

/// <summary>What a Worker hears after a report.</summary>
/// <param name="Directive">What to do.</param>
/// <param name="LeaseDuration">Time left on the renewed lease.</param>
/// <param name="OpenTrials">Trials of the job that are not final.</param>
internal sealed record ProgressAnswer(JobDirective Directive, TimeSpan LeaseDuration, IReadOnlyList<int> OpenTrials);
