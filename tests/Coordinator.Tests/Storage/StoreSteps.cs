using CloudSweep.Core.Domain;
using CloudSweep.TestSupport.Store;
using CsCheck;

namespace CloudSweep.Coordinator.Tests.Storage;

/// <summary>Random calls on few keys, so that many of them meet.</summary>
internal static class StoreSteps
{
    private static readonly Gen<string> Sweeps = Gen.Frequency((5, "a"), (4, "b"), (1, "c"));
    private static readonly Gen<string> Texts = Gen.OneOf("", "plain", "it's \"quoted\"", "ünï ✓ 🎉", "two\nlines", "a/0", "A/0");
    private static readonly Gen<int> Numbers = Gen.Int[1, 4];
    private static readonly Gen<long> Longs = Gen.OneOf(Gen.Long[1, 3], Gen.OneOf(5_000_000_000, long.MaxValue));
    private static readonly Gen<DateTimeOffset> Instants = Gen.Int[-2, 2].Select(ticks => StoreSamples.Start.AddTicks(ticks));
    private static readonly Gen<DateTimeOffset?> OptionalInstants = Gen.OneOf(Gen.Const((DateTimeOffset?)null), Instants.Select(instant => (DateTimeOffset?)instant));

    /// <summary>Two sweeps, so that most calls find what they need.</summary>
    public static readonly StoreStep[] Beginning = [.. new[] { "a", "b" }.Select(name => StoreStep.Of($"begin {name}", transaction =>
    {
        transaction.InsertSweep(StoreSamples.Sweep(name));
        transaction.InsertTrials(StoreSamples.Id(name), [StoreSamples.Trial(name, 1), StoreSamples.Trial(name, 2), StoreSamples.Trial(name, 3)]);
        transaction.InsertJobs([StoreSamples.Job(name, 1), StoreSamples.Job(name, 2), StoreSamples.Job(name, 3)]);
    }))];

    /// <summary>A transaction: its calls, and whether it fails after them.</summary>
    public static Gen<(StoreStep[] Steps, bool Fails)> Transactions => Gen.Select(
        Gen.Frequency(
            (1, InsertSweep), (3, UpdateSweep), (1, InsertTrials), (3, UpdateTrial), (1, InsertJobs), (3, UpdateJob), (4, InsertMeasurement),
            (2, InsertShardProfile), (3, PutAttempt), (4, PutCheckpoint), (1, DeleteCheckpoint), (2, AddRemark)).Array[1, 4],
        Gen.Int[0, 9].Select(number => number == 0));

    private static Gen<StoreStep> InsertSweep => Gen.Select(Sweeps, Numbers, Gen.OneOf("x", "y"), Gen.Enum<SweepState>(), (name, request, identity, state) =>
        StoreStep.Of($"insert sweep {name}, request {request}", transaction =>
            transaction.InsertSweep(StoreSamples.Sweep(name, $"request {request}", identity, state))));

    private static Gen<StoreStep> UpdateSweep => Gen.Select(Sweeps, Gen.Enum<SweepState>(), Texts, OptionalInstants, Longs, Gen.Bool, (name, state, text, finishedAt, number, flag) =>
        new StoreStep($"update sweep {name} to {state}", transaction => StoreText.Of(transaction.UpdateSweep(
            (transaction.FindSweep(StoreSamples.Id(name)) ?? StoreSamples.Sweep(name)) with
            {
                State = state,
                Reason = text,
                FinishedAt = finishedAt,
                IsExpanded = flag,
                ProfileJson = flag ? text : null,
                ProfileHash = flag ? null : text,
                OpenJobs = (int)(number % 100),
                JobCount = (int)(number % 99),
                TrainRows = number,
                Numerics = flag ? "1/avx2" : null,
            }))));

    private static Gen<StoreStep> InsertTrials => Gen.Select(Sweeps, Numbers.Array[1, 3], Gen.Int[0, 2], (name, numbers, job) =>
        StoreStep.Of($"insert trials {string.Join(' ', numbers)} of {name}", transaction =>
            transaction.InsertTrials(StoreSamples.Id(name), [.. numbers.Select(number => StoreSamples.Trial(name, number, job: job))])));

    private static Gen<StoreStep> UpdateTrial => Gen.Select(Sweeps, Numbers, Gen.Enum<TrialState>(), Texts, Longs, OptionalInstants, (name, number, state, text, step, finishedAt) =>
        StoreStep.Of($"update trial {number} of {name} to {state}", transaction => transaction.UpdateTrial(StoreSamples.Trial(name, number, state, job: (int)(step % 3)) with
        {
            Reason = text,
            Try = (int)(step % 5) + 1,
            Step = step,
            Score = step % 2 == 0 ? null : 1.0 / step,
            ScoreStep = step / 2,
            FinishedAt = finishedAt,
        })));

    private static Gen<StoreStep> InsertJobs => Gen.Select(Sweeps, Numbers.Array[1, 3], Gen.Enum<JobState>(), (name, numbers, state) =>
        StoreStep.Of($"insert jobs {string.Join(' ', numbers)} of {name}", transaction =>
            transaction.InsertJobs([.. numbers.Select(number => StoreSamples.Job(name, number, state))])));

    private static Gen<StoreStep> UpdateJob => Gen.Select(Sweeps, Numbers, Gen.Enum<JobState>(), Texts, Longs, OptionalInstants, Instants, (name, number, state, text, token, instant, eligibleAt) =>
        StoreStep.Of($"update job {number} of {name} to {state}", transaction => transaction.UpdateJob(StoreSamples.Job(name, number, state) with
        {
            Attempt = (int)(token % 7),
            FencingToken = token,
            LeaseId = instant is null ? null : text,
            Worker = instant is null ? text : null,
            AcquireRequestId = instant is null ? null : $"acquire {name} {number}",
            LeaseExpiresAt = instant,
            EligibleAt = eligibleAt,
            NotifiedAt = instant,
            Notifications = (int)(token % 6),
            AttemptsWithoutProgress = (int)(token % 5),
            HasProgressed = token % 2 == 0,
            FinishedToken = token,
        })));

    private static Gen<StoreStep> InsertMeasurement => Gen.Select(Sweeps, Numbers, Gen.Int[1, 2], Longs, Gen.Double, Gen.Int[0, 2], (name, trial, @try, step, value, kind) =>
    {
        Measurement measurement = kind switch
        {
            0 => StoreSamples.Evaluation(trial, step, value, @try),
            1 => StoreSamples.LossWindow(trial, step, value, @try),
            _ => StoreSamples.Test(trial, step, value, @try),
        };
        return new StoreStep($"measure {measurement} in {name}", transaction =>
            transaction.InsertMeasurement(StoreSamples.Id(name), measurement) is { } stored ? StoreText.Of(stored) : "");
    });

    private static Gen<StoreStep> InsertShardProfile => Gen.Select(Sweeps, Texts, Texts, (name, key, json) =>
        new StoreStep($"profile {key} of {name}", transaction => $"{transaction.InsertShardProfile(StoreSamples.Id(name), key, json)}"));

    private static Gen<StoreStep> PutAttempt => Gen.Select(Sweeps, Numbers, Longs, Longs, (name, job, token, rows) =>
        StoreStep.Of($"put attempt {token} at job {job} of {name}", transaction => transaction.PutAttempt(StoreSamples.Attempt(name, job, token, rows))));

    // Names come from another sweep now and then: they are unique over all.
    private static Gen<StoreStep> PutCheckpoint => Gen.Select(Sweeps, Gen.Frequency((4, false), (1, true)), Numbers, Gen.Long[1, 2], Gen.Long[1, 3], Gen.Bool, (name, isForeign, job, token, step, isObsolete) =>
        StoreStep.Of($"put checkpoint {token}-{step} of job {job} of {name}", transaction =>
        {
            var checkpoint = StoreSamples.Checkpoint(name, job, token, step, isObsolete) with { Trial = step == 3 ? job : null };
            transaction.PutCheckpoint(isForeign ? checkpoint with { Job = StoreSamples.JobOf("a", 1) } : checkpoint);
        }));

    private static Gen<StoreStep> DeleteCheckpoint => Gen.Select(Sweeps, Numbers, Gen.Long[1, 2], Gen.Long[1, 3], (name, job, token, step) =>
        StoreStep.Of($"delete checkpoint {token}-{step} of job {job} of {name}", transaction =>
            transaction.DeleteCheckpoint(StoreSamples.Checkpoint(name, job, token, step).Name)));

    private static Gen<StoreStep> AddRemark => Gen.Select(Sweeps, Texts, (name, text) =>
        StoreStep.Of($"remark '{text}' on {name}", transaction => transaction.AddRemark(StoreSamples.Id(name), text)));
}
