using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ranking;
using CsCheck;

namespace CloudSweep.Core.Tests;

public sealed class PlanningTests
{
    private static readonly DataSpec Data = new(
        "a.csv", DataFormat.Csv, new ColumnSelector.ByName("y"), null, ',', [], [], FeatureScale.Standard, 5, new ValidationSplit(0.2, 0));

    private static readonly DataProfile Profile = ProfileMerger.Merge([Shard("a", 1, 2), Shard("b", 5, 6, 7)], Data);

    [Fact]
    public void Of_LogGrid_IsCleanAndIncludesBothEnds() =>
        Assert.Equal([0.0001, 0.001, 0.01, 0.1, 1, 10], LearningRates.Of(new LearningRateGrid.Log(1e-4, 10, 6)));

    [Fact]
    public void Pack_AnySweep_PutsEveryTrialInOneJobOfOneRepeatWithinTheLimit() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 4], Gen.Int[1, 9], Gen.Int[1, 8]).Sample((rates, repeats, width, slots) =>
        {
            var spec = Spec(rates, repeats, width);
            var trials = TrialExpander.Expand(spec).ToArray();

            var jobs = JobPacker.Pack(spec, trials, slots, Profile);

            Assert.Equal(TrialExpander.Count(spec), trials.Length);
            Assert.Equal(Enumerable.Range(1, trials.Length), jobs.SelectMany(job => job).Order());
            Assert.All(jobs, job => Assert.InRange(job.Count, 1, width));
            Assert.All(jobs, job => Assert.Single(job.Select(number => trials[number - 1].Parameters.Repeat).Distinct()));
        });

    [Fact]
    public void Merge_TwoShards_EqualsOneTwoPassComputation()
    {
        var column = Profile.Columns[0];

        Assert.Equal(5, column.Count);
        Assert.Equal(4.2, column.Mean, 12);
        Assert.Equal(26.8, column.M2, 12);
    }

    [Fact]
    public void TrainingLoss_TwoEqualClasses_IsLogTwo() => Assert.Equal(Math.Log(2), Baseline.TrainingLoss(Profile), 12);

    private static ShardProfile Shard(string key, params double[] values)
    {
        var mean = values.Average();
        var statistics = new ColumnStatistics(values.Length, mean, values.Sum(value => (value - mean) * (value - mean)), values.Min(), values.Max());
        return new ShardProfile(key, ["x"], [new BlockRows(6, 4)], [statistics], [new LabelCount("10", 2, 1), new LabelCount("9", 2, 1)]);
    }

    private static SweepSpec Spec(int rates, int repeats, int width) => new(
        1,
        "s",
        new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final),
        Data,
        new ModelSpec.Softmax(),
        new TrainingSpec(1, 2, 0),
        new LearningRateGrid.Linear(1, rates == 1 ? 1 : 2, rates),
        [new OptimizerChoice(new OptimizerSettings.Sgd(), null)],
        [new ScheduleSettings.Constant()],
        repeats,
        new ExecutionSpec(null, width, 5, "auto"));
}
