using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using ShardProfile = CloudSweep.Core.Domain.ShardProfile;

namespace CloudSweep.Benchmarks.Coordination;

/// <summary>A sweep of one-trial jobs over one shard that nobody reads: what a Worker would have found in it is made up.</summary>
internal static class NoopSweep
{
    /// <summary>Rows that a trial reads: 2 epochs of 80.</summary>
    public const long Position = 160;

    /// <summary>Steps of a trial: 2 epochs of 3.</summary>
    public const long Steps = 6;

    private const int Repeats = 10;
    private const string ShardKey = "a";

    /// <param name="trials">A multiple of 10: a grid of a tenth as many rates, 10 repeats of each.</param>
    public static SubmitSweepRequest Submission(int trials) => new()
    {
        RequestId = Guid.NewGuid().ToString("N"),
        Fresh = true,
        SpecJson = CanonicalJson.Write(new SweepSpec(
            1,
            "noop",
            new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final),
            new DataSpec("data/*.csv", DataFormat.Csv, new ColumnSelector.ByName("label"), null, ',', [], [], FeatureScale.Standard, 5, new ValidationSplit(0.2, 0)),
            new ModelSpec.Softmax(),
            new TrainingSpec(2, 32, 7),
            new LearningRateGrid.Log(1e-5, 1, trials / Repeats),
            [new OptimizerChoice(new OptimizerSettings.Sgd(), null)],
            [new ScheduleSettings.Constant()],
            Repeats,
            new ExecutionSpec(null, TrialsPerJob: 1, MaxAttempts: 5, "auto"))),
        ShardTableJson = CanonicalJson.Write(new ShardTable([new Shard(ShardKey, "file:///data/a.csv", 1000, "1", null)])),
    };

    public static ShardProfileReport Profile() => new()
    {
        ShardKey = ShardKey,
        ProfileJson = CanonicalJson.Write(new ShardProfile(
            ShardKey, ["x"], [new BlockRows(100, 80)], [new ColumnProfile.Numeric(new ColumnStatistics(80, 0, 80, -1, 1))], [new LabelCount("0", 40, 10), new LabelCount("1", 40, 10)])),
    };
}
