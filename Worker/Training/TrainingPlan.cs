using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>Everything that decides the numbers of a job's lanes, beside the rows.</summary>
/// <param name="Lanes">Trials to train side by side, at least one; models and batch sizes may differ.</param>
/// <param name="BaselineLoss">B of the divergence rule: training loss of the best constant predictor, nats.</param>
/// <param name="KeepBestBy">A lane's model is that of its best evaluation by this; null = the weights it ends with.</param>
/// <param name="Pruning">Decides at which rungs lanes wait to hear who goes on; null = none. Changes no lane's numbers.</param>
internal sealed record TrainingPlan(IReadOnlyList<LaneSpec> Lanes, double BaselineLoss, Objective? KeepBestBy = null, PruningSpec? Pruning = null);
