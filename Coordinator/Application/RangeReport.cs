using CloudSweep.Core.Domain;
using CloudSweep.Core.RangeTest;

namespace CloudSweep.Coordinator.Application;

/// <summary>Where the range test of one combination stands.</summary>
/// <param name="Ramps">Numbers of its ramps.</param>
/// <param name="Parameters">Of the first.</param>
/// <param name="Finding">What was decided; null before.</param>
/// <param name="IsMissing">All ramps failed or were cancelled, so nothing can be decided.</param>
/// <param name="Curve">Loss against rate; empty where it was not asked for.</param>
internal sealed record RangeReport(IReadOnlyList<int> Ramps, TrialParameters Parameters, RangeFinding? Finding, bool IsMissing, IReadOnlyList<RangePoint> Curve);
