using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>One trial to train in a job.</summary>
internal sealed record LaneSpec(int Trial, int Try, TrialParameters Parameters);
