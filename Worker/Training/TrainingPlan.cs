using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>Everything that decides the numbers of a job's lanes, beside the rows.</summary>
/// <param name="Model">Model of every lane.</param>
/// <param name="Training">Epochs, batch size and seed.</param>
/// <param name="Lanes">Trials to train side by side, at least one.</param>
/// <param name="BaselineLoss">B of the divergence rule: training loss of the best constant predictor, nats.</param>
internal sealed record TrainingPlan(ModelSpec Model, TrainingSpec Training, IReadOnlyList<LaneSpec> Lanes, double BaselineLoss);
