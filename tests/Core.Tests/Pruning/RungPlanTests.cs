using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Pruning;
using CsCheck;

namespace CloudSweep.Core.Tests.Pruning;

public sealed class RungPlanTests
{
    private static readonly ScheduleSettings Constant = new ScheduleSettings.Constant();

    [Fact]
    public void Of_NoPruning_HasNone() =>
        Assert.Empty(RungPlan.Of(null, new TrainingSpec(100, 1, 0), Constant, 1000));

    [Fact]
    public void Of_FactorFour_IsASixteenthAndAQuarterOfTheSteps()
    {
        // 32 steps an epoch, 1,024 in all: 256 and 64; 16 would be too early. Of 1,000 rows the last batch has 8.
        var rungs = RungPlan.Of(new PruningSpec.SuccessiveHalving(), new TrainingSpec(32, 32, 0), Constant, 1000);

        Assert.Equal([new Rung(1, 64, 2000), new Rung(2, 256, 8000)], rungs);
    }

    [Fact]
    public void Of_StepsThatDoNotDivide_RoundsUpAndMayLieInsideAnEpoch()
    {
        // 100 steps an epoch, 300 in all.
        var rungs = RungPlan.Of(new PruningSpec.SuccessiveHalving(2), new TrainingSpec(3, 10, 0), Constant, 1000);

        Assert.Equal([new Rung(1, 75, 750), new Rung(2, 150, 1500)], rungs);
    }

    [Fact]
    public void Of_WarmUp_HasNoRungBeforeItsEnd()
    {
        var training = new TrainingSpec(32, 32, 0);

        Assert.Equal([256], StepsOf(new ScheduleSettings.WarmupCosine(0.1)));
        Assert.Empty(StepsOf(new ScheduleSettings.OneCycle()));
        Assert.Equal([64, 256], StepsOf(new ScheduleSettings.Cosine()));

        IEnumerable<long> StepsOf(ScheduleSettings schedule) => RungPlan.Of(new PruningSpec.SuccessiveHalving(), training, schedule, 1000).Select(rung => rung.Step);
    }

    [Fact]
    public void Of_Anything_IsAscendingInsideTheTrialAndAPureFunction() =>
        Gen.Select(Gen.Int[2, 16], Gen.Int[1, 100_000], Gen.Int[1, 500], Gen.Long[1, 5_000_000]).Sample((factor, epochs, batchSize, rows) =>
        {
            var training = new TrainingSpec(epochs, batchSize, 0);
            var steps = StepCount.Of(training, rows);

            var rungs = RungPlan.Of(new PruningSpec.SuccessiveHalving(factor), training, Constant, rows);

            Assert.InRange(rungs.Count, 0, RungPlan.MaxRungs);
            Assert.All(rungs, rung => Assert.InRange(rung.Step, RungPlan.FewestSteps, steps.Total - 1));
            Assert.Equal(Enumerable.Range(1, rungs.Count), rungs.Select(rung => rung.Number));
            Assert.Equal(rungs.Select(rung => rung.Step).Distinct().Order(), rungs.Select(rung => rung.Step));
            Assert.All(rungs, rung => Assert.Equal(rung.Step, steps.At(rung.Position)));
            Assert.All(rungs, rung => Assert.True(steps.At(rung.Position - 1) < rung.Step));
        });
}
