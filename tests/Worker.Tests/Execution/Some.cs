using CloudSweep.Core.Domain;
using CloudSweep.Worker.Execution.Coordination;
using CloudSweep.Worker.Training;
using Google.Protobuf.WellKnownTypes;
using Wire = CloudSweep.Protos.V1;

namespace CloudSweep.Worker.Tests.Execution;

/// <summary>Examples of what an attempt is made of.</summary>
internal static class Some
{
    public static LeaseKey Lease { get; } = new(new JobId(new SweepId("digits-12345678"), 3), "00ff", 7);

    public static WorkerCapabilities Capabilities { get; } = new("worker-1", 1, ["avx2", "portable"], 1);

    public static SweepSpec Spec { get; } = new(
        1,
        "digits",
        new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final),
        Data.DataFolder.Spec,
        new ModelSpec.Softmax(),
        new TrainingSpec(2, 32, 7),
        new LearningRateGrid.List([0.1]),
        [new OptimizerChoice(new OptimizerSettings.Sgd(), null)],
        [new ScheduleSettings.Constant()],
        1,
        new ExecutionSpec(null, null, 5, "auto"));

    public static ShardTable Shards { get; } = new([new Shard("a", "file:///a.csv", 1, "1", null), new Shard("b", "file:///b.csv", 1, "1", null)]);

    public static DataProfile Profile { get; } = new(
        [new ShardLayout("a", [new BlockRows(10, 8)], [0, 1])],
        ["x"],
        [new ColumnProfile.Numeric(new ColumnStatistics(8, 0, 8, -1, 1))],
        [new LabelCount("0", 4, 1), new LabelCount("1", 4, 1)]);

    public static TrialParameters Parameters { get; } = new(0.1, new OptimizerSettings.Adam(), new ScheduleSettings.Cosine(), 0, 0, new ModelSpec.Softmax(), new TrainingSpec(2, 32, 7));

    public static Grant Training(CheckpointRef? checkpoint = null, params int[] trials) => new(
        Lease, 2, ScriptedCoordinator.LeaseDuration, Spec, Shards, "portable",
        new GrantedWork.Train([.. trials.Select(trial => new LaneSpec(trial, 1, Parameters))], Profile, checkpoint));

    public static Grant Profiling(params string[] shards) =>
        new(Lease, 1, ScriptedCoordinator.LeaseDuration, Spec, Shards, "", new GrantedWork.Profile(shards));

    public static ShardProfile ShardProfile(string key) => new(key, ["x"], [new BlockRows(10, 8)], [new ColumnProfile.Numeric(new ColumnStatistics(8, 0, 8, -1, 1))], [new LabelCount("0", 8, 2)]);

    public static Measurement Window(int trial, long step) => new Measurement.LossWindow(trial, 1, step, 1, 0.5, 0.1);

    public static Measurement Rung(int trial, long step) => new Measurement.Rung(trial, 1, step, 40, [new Metric(MetricNames.ValidationLoss, 0.5, 0.1)]);

    public static Wire.AcquireJobResponse WireTraining(params int[] trials) => new()
    {
        Granted = new Wire.Grant
        {
            Lease = new Wire.LeaseKey { Job = Lease.Job.ToString(), LeaseId = Lease.LeaseId, FencingToken = Lease.FencingToken },
            Sweep = Lease.Job.Sweep.Value,
            Attempt = 2,
            LeaseDuration = ScriptedCoordinator.LeaseDuration.ToDuration(),
            SpecJson = CanonicalJson.Write(Spec),
            ShardTableJson = CanonicalJson.Write(Shards),
            KernelPath = "portable",
            Train = new Wire.TrainWork
            {
                ProfileJson = CanonicalJson.Write(Profile),
                Trials = { trials.Select(trial => new Wire.TrialAssignment { Number = trial, Try = 1, Parameters = WireParameters() }) },
            },
        },
    };

    private static Wire.TrialParameters WireParameters() => new()
    {
        LearningRate = Parameters.LearningRate,
        OptimizerJson = CanonicalJson.Write(Parameters.Optimizer),
        ScheduleJson = CanonicalJson.Write(Parameters.Schedule),
        ModelJson = CanonicalJson.Write(Parameters.Model),
        TrainingJson = CanonicalJson.Write(Parameters.Training),
    };
}
