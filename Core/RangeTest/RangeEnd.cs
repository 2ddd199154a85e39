namespace CloudSweep.Core.RangeTest;

/// <summary>One end of a proposed range.</summary>
/// <param name="Rate">Where to begin or to stop; the ramp's own end where nothing was seen.</param>
/// <param name="SeenAt">Rate at which the loss began to fall, or to blow up; null where it did not.</param>
/// <param name="Evidence">One clause for people.</param>
public sealed record RangeEnd(double Rate, double? SeenAt, string Evidence);
