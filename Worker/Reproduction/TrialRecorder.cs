using CloudSweep.Core.Domain;
using CloudSweep.Worker.Safetensors;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Reproduction;

/// <summary>Trains the first steps of one trial again, batch by batch. A trial in a crowd is the trial alone, so these are the sweep's own bits.</summary>
/// <param name="rows">In the order of the trial's repeat.</param>
/// <param name="baselineLoss">B of the divergence rule.</param>
/// <param name="kernel">Kernel path; no path changes a bit.</param>
internal sealed class TrialRecorder(ITrainingRows rows, double baselineLoss, KernelPath kernel)
{
    /// <summary>Most numbers of the recorded batches: 1 GiB of float32.</summary>
    public const long MaxValues = 1L << 28;

    /// <param name="sweep">Id of the sweep.</param>
    /// <param name="trial">To train.</param>
    /// <param name="steps">To record, ≥ 1; a shorter trial gives all of its steps, and one that diverges those until then.</param>
    /// <param name="cancellationToken">Checked at every step.</param>
    /// <exception cref="DataErrorException">The batches are too large to export, or not even the first step has a finite loss.</exception>
    public RecordedTrial Record(string sweep, Trial trial, int steps, CancellationToken cancellationToken)
    {
        var parameters = trial.Parameters;
        var shape = TrainingShape.Of(parameters.Training, rows.TrainRows, baselineLoss);
        var plan = shape.Measurements;
        var wanted = (int)Math.Min(steps, plan.TotalSteps);
        RequireRoom(shape, wanted);
        var network = Network.Of(parameters.Model, rows, KernelPaths.KernelsOf(kernel));
        var lane = new Lane(new LaneSpec(trial.Number, 1, parameters), network, shape);
        var weights = ModelTensors.Of(network.Layout, lane.Parameters);
        var batches = Train(lane, wanted, cancellationToken);
        if (batches.Losses.Count == 0)
        {
            throw new DataErrorException($"Trial {trial.Number} can't be exported: {lane.Outcome?.Reason}, so there is no step to compare.");
        }

        var document = new TrialDocument(
            TrialDocument.FormatName,
            1,
            sweep,
            trial.Number,
            Numerics.Version,
            rows.FeatureCount,
            network.Layout.Layers[^1].Outputs,
            LossName(parameters.Model),
            parameters,
            plan.StepsPerEpoch,
            plan.TotalSteps,
            batches.Rows,
            batches.Losses,
            lane.Outcome?.Reason ?? "");
        return new RecordedTrial(
            weights,
            new Tensor("features", [batches.Labels.Count, rows.FeatureCount], [.. batches.Features]),
            new Tensor("labels", [batches.Labels.Count], [.. batches.Labels]),
            document);
    }

    private RecordedBatches Train(Lane lane, int wanted, CancellationToken cancellationToken)
    {
        var batches = new RecordedBatches(lane.Spec.Parameters.Model.Learns);
        var scratch = new Scratch(lane.Layout);
        var batchRows = (int)Math.Min(lane.Shape.BatchSize, rows.TrainRows);
        for (var epoch = 0; lane.IsOpen && lane.Step < wanted; epoch++)
        {
            using var reader = rows.OpenEpoch(epoch, 0);
            for (var row = 0L; lane.IsOpen && lane.Step < wanted && reader.Next(batchRows, cancellationToken) is { } tile; row += tile.Count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                lane.Train(tile, row, scratch);
                if (double.IsFinite(lane.LastLoss))
                {
                    batches.Add(tile, lane.LastLoss);
                }
            }
        }

        return batches;
    }

    private void RequireRoom(TrainingShape shape, int wanted)
    {
        var valuesPerStep = Math.Min(shape.BatchSize, shape.TrainRows) * (rows.FeatureCount + 1);
        var most = MaxValues / valuesPerStep;
        if (wanted > most)
        {
            throw new DataErrorException(most == 0
                ? $"A batch of this trial has {valuesPerStep} numbers; at most {MaxValues} can be exported, so choose a trial with a smaller batch."
                : $"The batches of {wanted} steps have {wanted * valuesPerStep} numbers; at most {MaxValues} can be exported, so give --steps {most} or less.");
        }
    }

    private static string LossName(ModelSpec model) => model switch
    {
        ModelSpec.Logistic => "binaryCrossEntropy",
        { Learns: LearningTask.Regression } => "meanSquaredError",
        _ => "crossEntropy",
    };
}
