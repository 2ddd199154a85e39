namespace CloudSweep.Worker.Training;

/// <summary>Everything that decides the numbers of a job's lanes, beside the rows.</summary>
/// <param name="Lanes">Trials to train side by side, at least one; models and batch sizes may differ.</param>
/// <param name="BaselineLoss">B of the divergence rule: training loss of the best constant predictor, nats.</param>
internal sealed record TrainingPlan(IReadOnlyList<LaneSpec> Lanes, double BaselineLoss);
