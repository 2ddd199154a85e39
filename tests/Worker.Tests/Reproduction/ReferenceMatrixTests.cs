using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Reproduction;
using CloudSweep.Worker.Tests.Training;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Reproduction;

/// <summary>100 steps of every model × optimizer × schedule against published formulas in double precision, where no derivative is derived by hand.</summary>
[Trait("Category", "Slow")]
public sealed class ReferenceMatrixTests
{
    private const double FirstStepBound = 1e-6;

    public static TheoryData<string> Models() => [.. TrialMatrix.Models.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void Record_EveryOptimizerAndSchedule_AgreesWithTheReference(string model)
    {
        foreach (var trial in TrialMatrix.TrialsOf(model))
        {
            var rows = TrialMatrix.RowsFor(trial.Parameters.Model);
            var recorded = new TrialRecorder(rows, double.MaxValue, KernelPaths.Supported()[0]).Record(model, trial, TrialMatrix.Steps, TestContext.Current.CancellationToken);

            var expected = Losses(trial.Parameters, rows);

            double[] found = [.. recorded.Document.Losses.Zip(expected, (actual, loss) => Math.Abs(actual - loss) / loss)];
            Assert.Equal(TrialMatrix.Steps, found.Length);
            Assert.True(found[0] <= FirstStepBound, $"{found[0]:E1} at the first step: {trial}");
            Assert.True(found.Max() <= TrialMatrix.BoundOf(trial.Parameters.Optimizer), $"{found.Max():E1} at step {Array.IndexOf(found, found.Max()) + 1}: {trial}");
        }
    }

    private static double[] Losses(TrialParameters parameters, ArrayRows rows)
    {
        var layout = new ModelLayout(parameters.Model, rows.FeatureCount, rows.ClassCount);
        var initial = new float[layout.ParameterCount];
        layout.InitializeWeights(TrialSeeds.For(parameters.Training, parameters.Repeat).InitialWeights, initial);
        var weights = Array.ConvertAll(initial, weight => (double)weight);
        var network = new ReferenceNetwork(layout, rows, parameters.Model);
        var optimizer = new ReferenceOptimizer(parameters.Optimizer, weights.Length);
        var batchSize = parameters.Training.BatchSize ?? (int)rows.TrainRows;
        var stepsPerEpoch = ((int)rows.TrainRows + batchSize - 1) / batchSize;
        var losses = new double[TrialMatrix.Steps];
        for (var t = 0; t < losses.Length; t++)
        {
            var (epoch, first) = (t / stepsPerEpoch, t % stepsPerEpoch * batchSize);
            int[] batch = [.. Enumerable.Range(first, Math.Min(batchSize, (int)rows.TrainRows - first)).Select(position => rows.TrainRowAt(epoch, position))];
            losses[t] = network.Loss(weights, batch);
            var rate = ReferenceSchedule.RateAt(parameters.Schedule, parameters.LearningRate, t, stepsPerEpoch, stepsPerEpoch * parameters.Training.Epochs);
            optimizer.Step(weights, Clipped(network.Gradient(weights, batch), parameters.Training.GradientClip), rate);
        }

        return losses;
    }

    // clip_grad_norm_: g · min(1, max_norm / (‖g‖ + 1e-6))
    private static double[] Clipped(double[] gradient, double? clip)
    {
        var factor = Math.Min(1, (clip ?? double.PositiveInfinity) / (Math.Sqrt(gradient.Sum(value => value * value)) + 1e-6));
        return Array.ConvertAll(gradient, value => value * factor);
    }
}
