namespace CloudSweep.Core.RangeTest;

/// <summary>What a range test saw at one rate: its ramps' windows that end there, together.</summary>
/// <param name="Step">Last step of the window.</param>
/// <param name="Rate">Rate of that step.</param>
/// <param name="Loss">Mean training loss over the ramps; NaN where a ramp had blown up.</param>
/// <param name="Error">Standard error of <paramref name="Loss"/> from the noise of batches.</param>
/// <param name="Batches">Batches that it is the mean of.</param>
/// <param name="HasBlownUp">A ramp diverged at or before this rate, or had no finite loss there.</param>
public sealed record RangePoint(long Step, double Rate, double Loss, double Error, long Batches, bool HasBlownUp);
