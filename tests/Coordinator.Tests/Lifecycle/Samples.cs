using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Measurement = CloudSweep.Protos.V1.Measurement;
using ShardProfile = CloudSweep.Core.Domain.ShardProfile;
using TrialOutcome = CloudSweep.Protos.V1.TrialOutcome;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>A small sweep: two shards, four rates, jobs of two trials.</summary>
internal static class Samples
{
    public const int Trials = 4;
    public const long StepsPerTrial = 10;
    public const long RowsPerTrial = 320;

    private const string TestKey = "t";

    public static SweepSpec Spec { get; } = new(
        1,
        "small",
        new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final),
        new DataSpec("data/*.csv", DataFormat.Csv, new ColumnSelector.ByName("label"), null, ',', [], [], FeatureScale.Standard, 5, new ValidationSplit(0.2, 0)),
        new ModelSpec.Softmax(),
        new TrainingSpec(2, 32, 7),
        new LearningRateGrid.List([0.001, 0.01, 0.1, 1]),
        [new OptimizerChoice(new OptimizerSettings.Sgd(), null)],
        [new ScheduleSettings.Constant()],
        1,
        new ExecutionSpec(null, 2, 5, "auto"));

    public static SubmitSweepRequest Submission(SweepSpec? spec = null, string requestId = "request-1", bool fresh = false) => new()
    {
        RequestId = requestId,
        SpecJson = CanonicalJson.Write(spec ?? Spec),
        ShardTableJson = CanonicalJson.Write(new ShardTable([Shard("a"), Shard("b")])),
        Fresh = fresh,
    };

    /// <summary>100 rows, 80 of them to train on, so both shards together make 5 steps of 32 rows an epoch. None of the shard of test rows.</summary>
    public static ShardProfileReport Profile(string key) => new()
    {
        ShardKey = key,
        ProfileJson = CanonicalJson.Write(key == TestKey
            ? new ShardProfile(key, ["x"], [new BlockRows(100, 0)], [new ColumnProfile.Numeric(new ColumnStatistics(0, 0, 0, 0, 0))], [new LabelCount("0", 0, 50), new LabelCount("1", 0, 50)]) { Role = ShardRole.Test }
            : new ShardProfile(key, ["x"], [new BlockRows(100, 80)], [new ColumnProfile.Numeric(new ColumnStatistics(80, 0, 80, -1, 1))], [new LabelCount("0", 40, 10), new LabelCount("1", 40, 10)])),
    };

    public static Measurement Evaluation(int trial, double loss, long step = StepsPerTrial, int @try = 1) => new()
    {
        Trial = trial,
        Try = @try,
        Step = step,
        Evaluation = new Evaluation { Rows = 40, Metrics = { new MetricValue { Name = MetricNames.ValidationLoss, Value = loss, StandardError = 0.001 } } },
    };

    public static TrialOutcome Outcome(int trial, TrialState state = TrialState.Completed) =>
        new() { Trial = trial, State = state, Step = StepsPerTrial, Reason = state == TrialState.Completed ? "" : "because" };

    public static Measurement Test(int trial, double loss) => new()
    {
        Trial = trial,
        Try = 1,
        Step = StepsPerTrial,
        Test = new Evaluation { Rows = 20, Metrics = { new MetricValue { Name = "test_loss", Value = loss, StandardError = 0.002 } } },
    };

    public static TrialModel Model(Grant grant, int trial) =>
        new() { Trial = trial, Name = $"{grant.Lease.Job}/{grant.Lease.FencingToken}-trial-{trial}", Step = StepsPerTrial, SizeBytes = Weights(trial).Length };

    /// <summary>What is stored as a trial's model.</summary>
    public static byte[] Weights(int trial) => [1, 2, (byte)trial];

    /// <summary>With one more shard, whose rows are for the winner.</summary>
    public static SubmitSweepRequest SubmissionWithTest()
    {
        var request = Submission(Spec with { Data = Spec.Data with { Test = "data/test/*.csv" } });
        request.ShardTableJson = CanonicalJson.Write(new ShardTable([Shard("a"), Shard("b"), Shard(TestKey) with { Role = ShardRole.Test }]));
        return request;
    }

    public static CheckpointRef Checkpoint(Grant grant) =>
        new() { Name = $"{grant.Lease.Job}/{grant.Lease.FencingToken}-160", Position = 160, SizeBytes = 1 };

    private static Shard Shard(string key) => new(key, $"file:///data/{key}.csv", 1000, "1", null);
}
