namespace CloudSweep.Core.Domain;

/// <summary>
/// What makes a trial a ramp of a range test (Smith 2017, "Cyclical learning rates for training neural networks", §3.3): its rate grows by the same factor
/// at every step, up to the trial's rate, in the place of a schedule. It is a look at the loss, not a result: it has no score and is never ranked.
/// </summary>
/// <param name="From">Rate of the first step, finite, above 0 and below the trial's.</param>
/// <param name="Steps">Most optimizer steps, ≥ 2; as many as a full trial has where that is fewer.</param>
public sealed record Ramp(double From, int Steps);
