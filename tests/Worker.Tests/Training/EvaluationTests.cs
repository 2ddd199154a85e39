using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Validation loss and accuracy of a lane, against the double-precision network on every validation row.</summary>
public sealed class EvaluationTests
{
    private const int TrainRows = 100;
    private const int ValidationRows = 601;

    private static readonly ArrayRows Rows = new(featureCount: 6, classCount: 4, TrainRows, ValidationRows);
    private static readonly TrainingSpec Training = new(Epochs: 2, BatchSize: 10, Seed: 5);
    private static readonly TrialParameters Parameters = Jobs.Parameters(0.2, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant());

    public static TheoryData<string> ModelNames() => [.. Models.Keys];

    private static Dictionary<string, ModelSpec> Models { get; } = new() { ["softmax"] = Jobs.Softmax, ["relu"] = Jobs.Mlp, ["tanh"] = Jobs.TanhMlp };

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void FinishEvaluation_AllRows_GivesMeansAndTheirStandardErrors(string model)
    {
        var solo = New(Models[model]);
        solo.TrainEpoch(0);
        var before = solo.Lane.Parameters.ToArray();

        solo.Evaluate();

        var (losses, correct) = Reference(solo);
        var loss = losses.Average();
        var accuracy = correct / (double)ValidationRows;
        var evaluation = Assert.Single(solo.NewMeasurements().OfType<Measurement.Evaluation>());
        Assert.Equal((10, ValidationRows), (evaluation.Step, evaluation.Rows));
        Assert.Equal(["val_loss", "val_accuracy", "val_recall_0", "val_recall_1", "val_recall_2", "val_recall_3"], evaluation.Metrics.Select(metric => metric.Name));
        Assert.Equal(loss, evaluation.Metrics[0].Value, 1e-6);
        Assert.Equal(Math.Sqrt(losses.Sum(value => (value - loss) * (value - loss)) / (ValidationRows - 1) / ValidationRows), evaluation.Metrics[0].StandardError, 1e-7);
        Assert.Equal(accuracy, evaluation.Metrics[1].Value);
        Assert.Equal(Math.Sqrt(accuracy * (1 - accuracy) / ValidationRows), evaluation.Metrics[1].StandardError, 1e-12);
        Assert.InRange(accuracy, 0.26, 0.999);
        Assert.Equal(before, solo.Lane.Parameters.ToArray());
    }

    [Fact]
    public void FinishEvaluation_Numbers_GivesErrorsInTheLabelsUnit()
    {
        var solo = New(new ModelSpec.Linear());
        solo.TrainEpoch(0);

        solo.Evaluate();

        var network = new ReferenceNetwork(solo.Layout, Rows, new ModelSpec.Linear());
        var weights = Array.ConvertAll(solo.Lane.Parameters.ToArray(), weight => (double)weight);
        var squares = Enumerable.Range(TrainRows, ValidationRows).Select(row => network.Loss(weights, row)).ToArray();
        var sizes = Array.ConvertAll(squares, Math.Sqrt);
        var metrics = Assert.Single(solo.NewMeasurements().OfType<Measurement.Evaluation>()).Metrics;
        Assert.Equal(["val_loss", "val_rmse", "val_mae"], metrics.Select(metric => metric.Name));
        Assert.Equal([squares.Average(), 2.5 * Math.Sqrt(squares.Average()), 2.5 * sizes.Average()], metrics.Select(metric => metric.Value), (left, right) => Math.Abs(left - right) < 2e-6);
        Assert.Equal(
            [ErrorOfMean(squares), 2.5 * ErrorOfMean(squares) / (2 * Math.Sqrt(squares.Average())), 2.5 * ErrorOfMean(sizes)],
            metrics.Select(metric => metric.StandardError),
            (left, right) => Math.Abs(left - right) < 1e-6);
        Assert.InRange(metrics[0].Value, 0.01, 2);
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("softmax")]
    [InlineData("gelu")]
    public void FinishEvaluation_TwoClasses_RanksRowsAndCountsEachClass(string name)
    {
        var rows = new ArrayRows(featureCount: 6, classCount: 2, TrainRows, ValidationRows);
        var solo = new SoloLane(Jobs.Models[name], Training, Parameters, rows, KernelPaths.Supported()[0]);
        solo.TrainEpoch(0);

        solo.Evaluate();

        var network = new ReferenceNetwork(solo.Layout, rows, Jobs.Models[name]);
        var weights = Array.ConvertAll(solo.Lane.Parameters.ToArray(), weight => (double)weight);
        var scored = Enumerable.Range(TrainRows, ValidationRows).Select(row => (Class: rows.Class(row), Score: Score(network.Logits(weights, row)))).ToArray();
        var pairs = from positive in scored where positive.Class == 1 from negative in scored where negative.Class == 0 select positive.Score > negative.Score ? 1.0 : 0.0;
        var metrics = Assert.Single(solo.NewMeasurements().OfType<Measurement.Evaluation>()).Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.Equal(["val_loss", "val_accuracy", "val_auc", "val_recall_0", "val_recall_1"], metrics.Keys);
        Assert.Equal(pairs.Average(), metrics["val_auc"], 1e-4);
        Assert.Equal(scored.Where(row => row.Class == 0).Average(row => row.Score <= 0 ? 1.0 : 0), metrics["val_recall_0"], 1e-12);
        Assert.Equal(scored.Where(row => row.Class == 1).Average(row => row.Score > 0 ? 1.0 : 0), metrics["val_recall_1"], 1e-12);
        Assert.Equal(Enumerable.Range(TrainRows, ValidationRows).Average(row => network.Loss(weights, row)), metrics["val_loss"], 1e-6);
        Assert.InRange(metrics["val_auc"], 0.6, 0.9999);
    }

    [Fact]
    public void FinishEvaluation_ManyClasses_LeavesRecallsOut()
    {
        var rows = new ArrayRows(featureCount: 6, MetricNames.MaxRecalls + 1, TrainRows, ValidationRows);
        var solo = new SoloLane(Jobs.Softmax, Training, Parameters, rows, KernelPaths.Supported()[0]);

        solo.Evaluate();

        Assert.Equal(["val_loss", "val_accuracy"], Assert.Single(solo.NewMeasurements().OfType<Measurement.Evaluation>()).Metrics.Select(metric => metric.Name));
    }

    [Fact]
    public void FinishEvaluation_SecondEpoch_ForgetsTheFirst()
    {
        var solo = New(Jobs.Softmax);
        solo.TrainEpoch(0);
        solo.Evaluate();
        solo.TrainEpoch(1);

        solo.Evaluate();

        var second = solo.NewMeasurements().OfType<Measurement.Evaluation>().Last();
        Assert.Equal((20, ValidationRows), (second.Step, second.Rows));
        Assert.Equal(Reference(solo).Losses.Average(), second.Metrics[0].Value, 1e-6);
        Assert.Equal(new TrialOutcome(1, TrialState.Completed, 20, ""), solo.Lane.Outcome);
    }

    [Fact]
    public void Run_ValidationRowsInPieces_MeasuresTheSameBits()
    {
        // A job's tiles hold at most the 100 training rows, a solo lane's all 601 validation rows.
        var solo = New(Jobs.Mlp);
        for (var epoch = 0; epoch < Training.Epochs; epoch++)
        {
            solo.TrainEpoch(epoch);
            solo.Evaluate();
        }

        var job = Jobs.Run(new TrainingPlan([Jobs.With(new LaneSpec(1, 1, Parameters), Jobs.Mlp, Training)], Math.Log(4)), Rows, KernelPaths.Supported()[0], 1);

        Assert.Equal(
            solo.NewMeasurements().Select(measurement => CanonicalJson.Write<object>(measurement)).Order(),
            job.Measurements.Select(measurement => CanonicalJson.Write<object>(measurement)).Order());
    }

    [Fact]
    public void FinishEvaluation_WeightNotFinite_DivergesAndMeasuresNothing()
    {
        var solo = New(Jobs.Softmax);
        solo.Lane.Parameters[0] = float.PositiveInfinity;

        solo.Evaluate();

        Assert.Empty(solo.NewMeasurements());
        Assert.Equal((TrialState.Diverged, "a weight is not finite at step 0"), (solo.Lane.Outcome!.State, solo.Lane.Outcome.Reason));
    }

    [Fact]
    public void Add_OneRow_HasNoStandardError()
    {
        var mean = default(RowMean);

        mean.Add(0.5);

        Assert.Equal((1, 0.5, double.NaN), (mean.Rows, mean.Mean, mean.StandardError));
    }

    [Theory]
    [InlineData(1, 0f, 3f, 2f)]
    [InlineData(0, 3f, 3f, 2f)]
    [InlineData(1, -1f, 0f, -0f)]
    [InlineData(2, 1f, float.NaN, 2f)]
    [InlineData(0, float.NaN, 3f, 2f)]
    public void Predict_Logits_IsTheFirstOfTheLargest(int expected, params float[] logits) => Assert.Equal(expected, CrossEntropy.Predict(logits));

    private static SoloLane New(ModelSpec model) => new(model, Training, Parameters, Rows, KernelPaths.Supported()[0]);

    private static (double[] Losses, int Correct) Reference(SoloLane solo)
    {
        var network = new ReferenceNetwork(solo.Layout, Rows);
        var weights = Array.ConvertAll(solo.Lane.Parameters.ToArray(), weight => (double)weight);
        int[] validation = [.. Enumerable.Range(TrainRows, ValidationRows)];
        return (
            [.. validation.Select(row => network.Loss(weights, row))],
            validation.Count(row => Array.IndexOf(network.Logits(weights, row), network.Logits(weights, row).Max()) == Rows.Class(row)));
    }

    private static double Score(double[] logits) => logits.Length == 1 ? logits[0] : logits[1] - logits[0];

    private static double ErrorOfMean(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }
}
