using CloudSweep.Core.Domain;
using CloudSweep.Worker.Safetensors;
using CloudSweep.Worker.Training;
using CsCheck;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>The model that a lane leaves behind.</summary>
public sealed class ModelTests
{
    private static readonly ArrayRows Rows = Jobs.Rows();
    private static readonly Objective Accuracy = new(MetricNames.ValidationAccuracy, ObjectiveGoal.Maximize, ScoreUse.Best);
    private static readonly Objective Loss = new(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Best);

    [Fact]
    public void ToParameters_OfTensors_GivesTheSameBits()
    {
        var layout = new ModelLayout(Jobs.Mlp, Rows.FeatureCount, Rows.ClassCount);
        var parameters = new float[layout.ParameterCount];
        layout.InitializeWeights(3, parameters);

        var back = ModelTensors.ToParameters(layout, ModelTensors.Of(layout, parameters));

        Assert.Equal(parameters.Select(BitConverter.SingleToInt32Bits), back.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Of_Layout_HasNamesAndShapesOfPyTorch()
    {
        var layout = new ModelLayout(Jobs.Mlp, Rows.FeatureCount, Rows.ClassCount);
        var parameters = new float[layout.ParameterCount];
        layout.InitializeWeights(3, parameters);

        var tensors = ModelTensors.Of(layout, parameters);

        Assert.Equal(
            ["layers.0.weight 19x23", "layers.0.bias 19", "layers.1.weight 8x19", "layers.1.bias 8", "layers.2.weight 5x8", "layers.2.bias 5"],
            tensors.Select(tensor => $"{tensor.Name} {string.Join('x', tensor.Shape)}"));

        // Row 2, column 4 of the first weight is the weight from input 4 to unit 2.
        Assert.Equal(parameters[layout.Layers[0].WeightOffset + (4 * layout.Layers[0].PaddedOutputs) + 2], tensors[0].Values[(2 * 23) + 4]);
    }

    [Fact]
    public void ToParameters_WrongTensors_TellsWhich()
    {
        var layout = new ModelLayout(Jobs.Softmax, 2, 3);
        Tensor weight = new("layers.0.weight", [3, 2], new float[6]), bias = new("layers.0.bias", [3], new float[3]);

        Assert.Contains("'layers.0.bias' of shape [3]; it has none", MessageOf(weight), StringComparison.Ordinal);
        Assert.Contains("'layers.0.weight' of shape [3, 2]; it has [2, 3]", MessageOf(weight with { Shape = [2, 3] }, bias), StringComparison.Ordinal);
        Assert.Contains("a tensor 'other'", MessageOf(weight, bias, bias with { Name = "other" }), StringComparison.Ordinal);
        Assert.Contains("not finite", MessageOf(weight, bias with { Values = [0, float.NaN, 0] }), StringComparison.Ordinal);

        string MessageOf(params Tensor[] tensors) => Assert.Throws<MalformedDocumentException>(() => ModelTensors.ToParameters(layout, tensors)).Message;
    }

    [Fact]
    public void Run_LastWeights_AreTheModelOfEveryCompletedLane()
    {
        var plan = Jobs.Plan(Jobs.Mlp, 16, 2, Jobs.Lane(1), Jobs.Lane(2));

        var job = Jobs.Run(plan, Rows, KernelPaths.Supported()[0], 1);

        Assert.Equal([1, 2], job.Models.Keys.Order());
        Assert.All(job.Models.Values, model => Assert.Equal(22, model.Step));
        Assert.Equal(LastLossOf(job, 1), LossOf(job.Models[1].File), 1e-6);
    }

    [Fact]
    public void Run_DivergedLane_LeavesNoModel()
    {
        var lane = new LaneSpec(1, 1, Jobs.Parameters(1e30, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant()));

        var job = Jobs.Run(Jobs.Plan(Jobs.Mlp, 16, 4, lane), Rows, KernelPath.Portable, 1);

        Assert.Equal(TrialState.Diverged, job.Outcomes[1].State);
        Assert.Empty(job.Models);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_KeepingTheBest_IsTheModelOfTheFirstBestEvaluation(bool byLoss)
    {
        var objective = byLoss ? Loss : Accuracy;
        var lane = new LaneSpec(1, 1, Jobs.Parameters(2.5, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant()));
        var plan = Jobs.Plan(Jobs.Mlp, 16, 8, lane) with { KeepBestBy = objective };

        var job = Jobs.Run(plan, Rows, KernelPaths.Supported()[0], 1);

        var evaluations = job.Measurements.OfType<Measurement.Evaluation>().ToArray();
        var best = byLoss ? evaluations.MinBy(evaluation => evaluation.Metrics[0].Value)! : evaluations.MaxBy(evaluation => evaluation.Metrics[1].Value)!;
        Assert.NotEqual(evaluations[^1].Step, best.Step);
        Assert.Equal(best.Step, job.Models[1].Step);
        Assert.Equal(best.Metrics[0].Value, LossOf(job.Models[1].File), 1e-6);
    }

    [Fact]
    public void Run_ResumedAnywhere_LeavesTheSameModel() => Gen.Select(Gen.Int[1, 1380], Gen.Bool).Sample(
        (stopAt, keepsBest) =>
        {
            var plan = Jobs.Plan(Jobs.TanhMlp, 16, 8, [.. Enumerable.Range(1, 3).Select(Jobs.Lane)]) with { KeepBestBy = keepsBest ? Loss : null };
            var whole = Jobs.Run(plan, Rows, KernelPath.Portable, 1);
            var cut = Jobs.Run(plan, Rows, KernelPath.Portable, 2, stopAt: stopAt);

            var resumed = Jobs.Run(plan, Rows, KernelPaths.Supported()[0], 2, cut.Checkpoint);

            Assert.Equal(whole.Models.Keys.Order(), resumed.Models.Keys.Order());
            Assert.All(resumed.Models, model => Assert.Equal((whole.Models[model.Key].Step, Convert.ToHexString(whole.Models[model.Key].File)), (model.Value.Step, Convert.ToHexString(model.Value.File))));
        }, iter: 20);

    private static double LastLossOf(RecordingObserver job, int trial) =>
        job.Measurements.OfType<Measurement.Evaluation>().Last(evaluation => evaluation.Trial == trial).Metrics[0].Value;

    /// <summary>Validation loss of a stored model, by the double-precision network.</summary>
    private static double LossOf(byte[] file)
    {
        var layout = new ModelLayout(Jobs.Mlp, Rows.FeatureCount, Rows.ClassCount);
        var parameters = ModelTensors.ToParameters(layout, SafetensorsReader.Read(new MemoryStream(file)).Tensors);
        var network = new ReferenceNetwork(layout, Rows);
        var weights = Array.ConvertAll(parameters, weight => (double)weight);
        return Enumerable.Range((int)Rows.TrainRows, (int)Rows.ValidationRows).Average(row => network.Loss(weights, row));
    }
}
