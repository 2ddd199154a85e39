using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CsCheck;

namespace CloudSweep.Core.Tests.Planning;

public sealed class MeasurementPlanTests
{
    private static readonly Gen<MeasurementPlan> AnyPlan =
        from epochs in Gen.Int[1, 1000]
        from batchSize in Gen.Int[1, 5000].Nullable()
        from rows in Gen.Long[1, 1_000_000]
        select MeasurementPlan.Create(new TrainingSpec(epochs, batchSize, 0), rows);

    [Fact]
    public void Create_ShortLastBatch_CountsAsAStep()
    {
        var plan = MeasurementPlan.Create(new TrainingSpec(3, 4, 0), 9);

        Assert.Equal((3, 9), (plan.StepsPerEpoch, plan.TotalSteps));
        Assert.Equal([3, 6, 9], plan.EvaluationSteps);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], plan.WindowEnds);
    }

    [Fact]
    public void Create_AllRowsInABatch_TakesAStepPerEpoch()
    {
        var plan = MeasurementPlan.Create(new TrainingSpec(5, null, 0), 1000);

        Assert.Equal((1, 5), (plan.StepsPerEpoch, plan.TotalSteps));
    }

    [Fact]
    public void Create_ManyEpochs_ThinsEvaluationsEvenlyAndKeepsTheLast()
    {
        // 401 epochs: every third, and the last.
        var plan = MeasurementPlan.Create(new TrainingSpec(401, 10, 0), 10);

        Assert.Equal([3, 6, 9], plan.EvaluationSteps.Take(3));
        Assert.Equal([396, 399, 401], plan.EvaluationSteps.TakeLast(3));
    }

    [Fact]
    public void Create_AnyTraining_EndsItsEvaluationsAndWindowsAtTheLastStep() =>
        AnyPlan.Sample(plan => Assert.Equal((plan.TotalSteps, plan.TotalSteps), (plan.EvaluationSteps[^1], plan.WindowEnds[^1])));

    [Fact]
    public void Create_AnyTraining_MeasuresAtMost180Times() =>
        AnyPlan.Sample(plan => Assert.InRange(plan.EvaluationSteps.Count + plan.WindowEnds.Count, 2, 180));

    [Fact]
    public void Create_AnyTraining_HasWindowsThatDifferByAtMostOneStep() =>
        AnyPlan.Sample(plan =>
        {
            var lengths = plan.WindowEnds.Zip(plan.WindowEnds.Prepend(0), (end, before) => end - before).ToArray();

            Assert.True(lengths.Min() >= 1);
            Assert.InRange(lengths.Max() - lengths.Min(), 0, 1);
        });
}
