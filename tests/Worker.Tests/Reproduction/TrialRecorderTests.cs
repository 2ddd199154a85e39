using CloudSweep.Core.Domain;
using CloudSweep.Worker.Reproduction;
using CloudSweep.Worker.Tests.Training;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Reproduction;

/// <summary>Recorded steps are those of the sweep.</summary>
public sealed class TrialRecorderTests
{
    private const int Trial = 5;

    [Fact]
    public void Record_TrialOfACrowd_HasTheLossesThatTheCrowdMeasured()
    {
        foreach (var model in Jobs.Models.Values)
        {
            var plan = Jobs.Plan(model, batchSize: 32, epochs: 4, [.. Enumerable.Range(1, 9).Select(Jobs.Lane)]);
            var crowd = Jobs.Run(plan, Jobs.RowsFor(model), KernelPaths.Supported()[0], threads: 2);

            var losses = Record(plan, model, 24).Document.Losses;

            Assert.Equal(24, losses.Count);
            var windows = crowd.Measurements.OfType<Measurement.LossWindow>().Where(window => window.Trial == Trial).ToArray();
            Assert.NotEmpty(windows);
            Assert.All(windows, window => Assert.Equal(window.Mean, Mean(losses.Skip((int)(window.Step - window.Steps)).Take((int)window.Steps))));
        }
    }

    [Fact]
    public void Record_Batches_AreTheRowsInTrainingOrder()
    {
        var rows = Jobs.RowsFor(Jobs.Softmax);

        var recorded = Record(Jobs.Plan(Jobs.Softmax, batchSize: 100, epochs: 2, [.. Enumerable.Range(1, 9).Select(Jobs.Lane)]), Jobs.Softmax, 3);

        Assert.Equal([100, 73, 100], recorded.Document.BatchRows);
        Assert.Equal([273, 23], recorded.Features.Shape);
        int[] order = [.. Enumerable.Range(0, 273).Select(position => rows.TrainRowAt(position / 173, position % 173))];
        Assert.Equal(order.SelectMany(row => rows.Row(row).ToArray()), recorded.Features.Values);
        Assert.Equal(order.Select(row => (float)rows.Class(row)), recorded.Labels.Values);
    }

    [Fact]
    public void Record_LabelsThatAreNumbers_AreRecordedAsNumbers()
    {
        var model = Jobs.Models["linear"];

        var recorded = Record(Jobs.Plan(model, batchSize: null, epochs: 2, [.. Enumerable.Range(1, 9).Select(Jobs.Lane)]), model, 1);

        Assert.Equal(Enumerable.Range(0, 173).Select(Jobs.RowsFor(model).Target), recorded.Labels.Values);
        Assert.Equal(("meanSquaredError", 1), (recorded.Document.Loss, recorded.Document.Outputs));
    }

    [Fact]
    public void Record_TrialShorterThanAsked_RecordsItWhole() =>
        Assert.Equal(6, Record(Jobs.Plan(Jobs.Mlp, batchSize: 32, epochs: 1, [.. Enumerable.Range(1, 9).Select(Jobs.Lane)]), Jobs.Mlp, 1_000_000).Document.Losses.Count);

    [Fact]
    public void Record_TrialThatDiverges_RecordsFiniteLossesAndWhyItEnded()
    {
        var document = Record(Diverging(1e30, new OptimizerSettings.Sgd()), Jobs.Models["linear"], 100).Document;

        Assert.NotEmpty(document.Losses);
        Assert.All(document.Losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.Equal(document.Losses.Count, document.BatchRows.Count);
        Assert.StartsWith("loss is ", document.Ended, StringComparison.Ordinal);
    }

    [Fact]
    public void Record_MoreNumbersThanFit_SaysHowManyStepsDo()
    {
        var trial = new Trial(Trial, Jobs.Plan(Jobs.Softmax, batchSize: null, epochs: 100_000, Jobs.Lane(Trial)).Lanes[0].Parameters);

        var exception = Assert.Throws<DataErrorException>(() =>
            new TrialRecorder(Jobs.Rows(), double.MaxValue, KernelPath.Portable).Record("sweep", trial, 100_000, TestContext.Current.CancellationToken));

        // 2^28 / (173 rows × (23 features + a label))
        Assert.Contains("give --steps 64652 or less", exception.Message, StringComparison.Ordinal);
    }

    private static TrainingPlan Diverging(double rate, OptimizerSettings optimizer) =>
        Jobs.Plan(Jobs.Models["linear"], batchSize: 32, epochs: 50, new LaneSpec(Trial, 1, Jobs.Parameters(rate, optimizer, new ScheduleSettings.Constant())));

    private static RecordedTrial Record(TrainingPlan plan, ModelSpec model, int steps) =>
        new TrialRecorder(Jobs.RowsFor(model), plan.BaselineLoss, KernelPath.Portable).Record(
            "sweep", new Trial(Trial, plan.Lanes.Single(lane => lane.Trial == Trial).Parameters), steps, TestContext.Current.CancellationToken);

    // As windows are averaged, so that the bits are equal.
    private static double Mean(IEnumerable<double> losses)
    {
        var window = default(LossWindowRecorder);
        foreach (var loss in losses)
        {
            window.Add(loss);
        }

        return window.Mean;
    }
}
