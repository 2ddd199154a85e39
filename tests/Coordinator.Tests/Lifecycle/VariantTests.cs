using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>A sweep whose trials differ in batch size and model, so in steps.</summary>
public abstract class VariantTests(StoreChoice store) : LifecycleTests(store)
{
    private static readonly ModelSpec Mlp = new ModelSpec.Mlp([3], Activation.Relu);

    // 160 rows: 5 steps an epoch in batches of 32, one in all.
    private static readonly SweepSpec Spec = Samples.Spec with
    {
        Model = new ModelSpec.Mlp([2, 2], Activation.Tanh),
        LearningRate = new LearningRateGrid.List([0.1]),
        Execution = Samples.Spec.Execution with { TrialsPerJob = 2 },
        Varied = ["training.batchSize"],
        OtherVariants = [new SweepVariant(Mlp, new TrainingSpec(2, null, 7))],
    };

    [Fact]
    public async Task Acquire_OneJobForBoth_GivesEachTrialItsModelAndTraining()
    {
        await SubmitAndProfileAsync(Samples.Submission(Spec));

        var grant = await AcquireBothAsync();

        Assert.Equal(
            [(CanonicalJson.Write(Spec.Model), CanonicalJson.Write(Spec.Training)), (CanonicalJson.Write(Mlp), CanonicalJson.Write(new TrainingSpec(2, null, 7)))],
            grant.Train.Trials.Select(trial => (trial.Parameters.ModelJson, trial.Parameters.TrainingJson)));
    }

    [Fact]
    public async Task Report_Position_IsTheStepsOfEachTrialsBatches()
    {
        var sweep = await SubmitAndProfileAsync(Samples.Submission(Spec));
        var grant = await AcquireBothAsync();

        await Worker.ReportAsync(grant, report => report.Position = 160 + 70);

        var description = await DescribeAsync(sweep);
        Assert.Equal([5 + 2, 1], description.Trials.Select(trial => trial.Step));
        Assert.Equal((5 + 2 + 1, 10 + 2), (description.Progress.StepsDone, description.Progress.StepsTotal));
    }

    [Fact]
    public async Task Report_StepThatATrialDoesNotHave_IsNotStored()
    {
        var sweep = await SubmitAndProfileAsync(Samples.Submission(Spec));
        var grant = await AcquireBothAsync();

        await Worker.ReportAsync(grant, report => report.Measurements.Add([Samples.Evaluation(1, 0.5, step: 10), Samples.Evaluation(2, 0.5, step: 10), Samples.Evaluation(2, 0.4, step: 2)]));

        Assert.Equal([(1, 10), (2, 2)], (await MeasurementsAsync(sweep)).Select(measurement => (measurement.Trial, measurement.Step)));
    }

    [Fact]
    public async Task Submit_VariantThatBreaksRules_IsRefused() =>
        await AssertRefusedAsync(StatusCode.InvalidArgument, () => SubmitAsync(Samples.Submission(Spec with { OtherVariants = [new SweepVariant(Spec.Model, Spec.Training)] })));

    private async Task<Grant> AcquireBothAsync()
    {
        var grant = await Worker.AcquireOrFailAsync();
        Assert.Equal([1, 2], grant.Train.Trials.Select(trial => trial.Number));
        return grant;
    }
}

public sealed class MemoryVariantTests() : VariantTests(StoreChoice.Memory);

public sealed class SqliteVariantTests() : VariantTests(StoreChoice.Sqlite);
