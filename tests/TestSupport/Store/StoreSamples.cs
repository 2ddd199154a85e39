using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Pruning;

namespace CloudSweep.TestSupport.Store;

/// <summary>Records to store. Every optional field of the full ones has a value, so that a lost column is seen.</summary>
public static class StoreSamples
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, 123, 456, TimeSpan.Zero);

    public static SweepId Id(string name) => new($"{name}-0000000a");

    public static JobId JobOf(string sweep, int number) => new(Id(sweep), number);

    public static SweepRecord Sweep(string name, string? requestId = null, string identity = "i", SweepState state = SweepState.Preparing) => new()
    {
        Id = Id(name),
        Owner = "alice@example.com",
        RequestId = requestId ?? $"request of {name}",
        Identity = identity,
        Name = name,
        SpecJson = """{"version":1}""",
        ShardTableJson = """{"shards":[]}""",
        State = state,
        CreatedAt = Start,
        TrialCount = 6,
        ShardCount = 2,
    };

    public static SweepRecord FullSweep(string name) => Sweep(name) with
    {
        State = SweepState.Failed,
        Reason = "line one\nünï ✓ 🎉 'quoted'",
        FinishedAt = Start.AddTicks(1),
        IsExpanded = true,
        ProfileJson = """{"rows":7}""",
        ProfileHash = "ab12",
        OpenJobs = 3,
        JobCount = 4,
        TrainRows = 5_000_000_000,
        Numerics = "1/avx2",
        IsStopped = true,
        Rounds = 3,
        EdgeRounds = 1,
        Refinements = 2,
        RangesJson = "[]",
    };

    public static TrialRecord Trial(string sweep, int number, TrialState state = TrialState.Pending, int job = 0) => new()
    {
        Sweep = Id(sweep),
        Number = number,
        Parameters = new TrialParameters(0.1 + 0.2, new OptimizerSettings.Adam(0.8, 0.99, 1e-7), new ScheduleSettings.Step(3, 0.5), 2, 1, new ModelSpec.Mlp([8, 4], Activation.Tanh), new TrainingSpec(3, null, -1)),
        State = state,
        Job = job,
    };

    public static TrialRecord FullTrial(string sweep, int number) => Trial(sweep, number, TrialState.Diverged, 7) with
    {
        Reason = "loss is NaN",
        Try = 2,
        Round = 3,
        Step = 5_000_000_000,
        Score = 0.1 + 0.2,
        ScoreStep = 4_999_999_999,
        FinishedAt = Start.AddTicks(1),
    };

    public static JobRecord Job(string sweep, int number, JobState state = JobState.Queued) => new()
    {
        Id = JobOf(sweep, number),
        Kind = JobKind.Train,
        State = state,
        EligibleAt = Start,
    };

    public static JobRecord FullJob(string sweep, int number) => Job(sweep, number, JobState.Leased) with
    {
        Kind = JobKind.Profile,
        ShardKeys = ["a/0", "b 1", "ü\"✓"],
        Attempt = 2,
        FencingToken = 5_000_000_000,
        LeaseId = "00ff",
        Worker = "worker-1",
        AcquireRequestId = $"acquire of {sweep} {number}",
        LeaseExpiresAt = Start.AddTicks(1),
        EligibleAt = Start.AddTicks(2),
        NotifiedAt = Start.AddTicks(3),
        Notifications = 4,
        AttemptsWithoutProgress = 5,
        HasProgressed = true,
        FinishedToken = 5_000_000_001,
        Trial = 3,
    };

    public static AttemptRecord Attempt(string sweep, int job, long token, long laneRows = 4) =>
        new(JobOf(sweep, job), token, "worker-1", Start.AddTicks(1), 1, 2, 5_000_000_000, laneRows);

    public static CheckpointRecord Checkpoint(string sweep, int job, long token, long position, bool isObsolete = false) =>
        new($"{JobOf(sweep, job)}/{token}-{position}", JobOf(sweep, job), token, position, 5_000_000_000, isObsolete);

    public static Measurement.Evaluation Evaluation(int trial, long step, double value = 0.5, int @try = 1) =>
        new(trial, @try, step, 360, [new Metric("val_loss", value, 0.01), new Metric("val_accuracy", 0.9, double.NaN)]);

    public static Measurement.Test Test(int trial, long step, double value = 0.5, int @try = 1) =>
        new(trial, @try, step, 90, [new Metric("test_loss", value, 0.02), new Metric("test_accuracy", 0.8, double.NaN)]);

    public static Measurement.LossWindow LossWindow(int trial, long step, double mean = 0.5, int @try = 1) =>
        new(trial, @try, step, 10, mean, 0.25);

    public static Measurement.Rung Rung(int trial, long step, double value = 0.5, int @try = 1) =>
        new(trial, @try, step, 60, [new Metric("val_loss", value, 0.03), new Metric("val_accuracy", 0.7, double.NaN)]);

    public static RungDecision Decision(int sequence, double value = 0.5) => new(
        sequence,
        2,
        1,
        5_000_000_000,
        60,
        3,
        [new RungEntry(0.1 + 0.2, [1, 7], value, 0.03, 1, RungOutcome.Ranked, false), new RungEntry(10, [2, 8], double.NaN, double.NaN, 3, RungOutcome.Pruned, true)]);

    /// <summary>Uses every method that inserts.</summary>
    public static void InsertEverything(IStoreTransaction transaction)
    {
        transaction.InsertSweep(Sweep("a"));
        transaction.UpdateSweep(FullSweep("a"));
        transaction.InsertTrials(Id("a"), [FullTrial("a", 1), Trial("a", 2, job: 1)]);
        transaction.InsertJobs([Job("a", 1), FullJob("a", 2)]);
        transaction.InsertMeasurement(Id("a"), Evaluation(1, 10, double.NaN));
        transaction.InsertMeasurement(Id("a"), LossWindow(1, 10));
        transaction.InsertMeasurement(Id("a"), Test(1, 10));
        transaction.InsertMeasurement(Id("a"), Rung(1, 10));
        transaction.InsertRungDecision(Id("a"), Decision(1));
        transaction.InsertShardProfile(Id("a"), "k", "{}");
        transaction.PutAttempt(Attempt("a", 1, 1));
        transaction.PutCheckpoint(Checkpoint("a", 1, 1, 10));
        transaction.PutCheckpoint(Checkpoint("a", 1, 1, 9, isObsolete: true));
        transaction.PutCheckpoint(Checkpoint("a", 1, 1, 8) with { Name = "a/1/1-trial-2", Trial = 2 });
        transaction.AddRemark(Id("a"), "look here");
    }
}
