using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning.Packing;

/// <summary>What one lane keeps, bytes: parameters × 4 × (1 + optimizer state, + 1 where the best weights are kept), and the scores of rows that it ranks.</summary>
public static class LaneMemory
{
    /// <summary>Floats to which each layer's outputs are filled up, so that every row of weights is whole vectors of any width.</summary>
    public const int VectorFloats = 16;

    /// <summary>Weights and biases of all layers, each layer's outputs filled up.</summary>
    public static long PaddedParameters(ModelSpec model, int features, int classes) =>
        Units(model, features, classes).Zip(Units(model, features, classes).Skip(1), (inputs, outputs) => (inputs + 1) * Padded(outputs)).Sum();

    /// <summary>Outputs of all layers, each filled up: the floats that a row takes on its way through the model.</summary>
    public static long PaddedOutputs(ModelSpec model, int features, int classes) => Units(model, features, classes).Skip(1).Sum(Padded);

    /// <summary>Numbers that the optimizer remembers for each parameter.</summary>
    public static int StateCount(OptimizerSettings optimizer) => optimizer switch
    {
        OptimizerSettings.Sgd => 0,
        OptimizerSettings.HeavyBall or OptimizerSettings.Nesterov or OptimizerSettings.AdaGrad => 1,
        OptimizerSettings.RmsProp rmsProp => 1 + (rmsProp.Centered ? 1 : 0) + (rmsProp.Momentum > 0 ? 1 : 0),
        OptimizerSettings.Adam adam => adam.Amsgrad ? 3 : 2,
        OptimizerSettings.AdamW adam => adam.Amsgrad ? 3 : 2,
        _ => throw new ArgumentOutOfRangeException(nameof(optimizer)),
    };

    /// <param name="parameters">What the trial trains with.</param>
    /// <param name="data">On what.</param>
    /// <param name="use">With the best evaluation as score, a lane keeps a copy of its weights at that.</param>
    public static long Bytes(TrialParameters parameters, DataShape data, ScoreUse use)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(data);
        var copies = 1 + StateCount(parameters.Optimizer) + (use == ScoreUse.Best ? 1 : 0) + (KeepsOpenBatch(parameters.Training, data) ? 1 : 0);
        return (PaddedParameters(parameters.Model, data.Features, data.Classes) * sizeof(float) * copies) + CrowdBytes(parameters, data) + ScoreBytes(data);
    }

    // Lanes of one layer are trained as one matrix, which has its own weights, state and gradients: a row for each output, its inputs filled up, and 16 for the bias.
    private static long CrowdBytes(TrialParameters parameters, DataShape data) =>
        parameters.Model is ModelSpec.Mlp ? 0 : parameters.Model.Outputs(data.Classes) * (Padded(data.Features) + VectorFloats) * sizeof(float) * (2 + StateCount(parameters.Optimizer));

    /// <summary>Scores of the validation rows that a lane keeps to rank them (<c>val_auc</c>).</summary>
    private static long ScoreBytes(DataShape data) => ModelFit.RanksRows(data.Classes, data.ValidationRows) ? data.ValidationRows * sizeof(float) : 0;

    // A batch that is longer than what a lane trains on at a time leaves its gradients to the next time.
    private static bool KeepsOpenBatch(TrainingSpec training, DataShape data) => (training.BatchSize ?? data.TrainRows) > JobMemory.TurnRows(data.Features, data.TrainRows);

    private static long Padded(long outputs) => (outputs + VectorFloats - 1) / VectorFloats * VectorFloats;

    private static long[] Units(ModelSpec model, int features, int classes)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [features, .. model is ModelSpec.Mlp mlp ? mlp.Hidden.Select(units => (long)units) : [], model.Outputs(classes)];
    }
}
