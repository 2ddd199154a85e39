using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Planning.Packing;
using CloudSweep.Core.Pruning;
using CloudSweep.Worker.Estimation;

namespace CloudSweep.Cli.Estimation;

/// <summary>What a sweep will do and cost. Rows, classes and time are estimates from the data's first rows.</summary>
/// <param name="Trials">Trials in all, with those that follow range tests.</param>
/// <param name="Ramps">Ramps of range tests among them.</param>
/// <param name="Jobs">Training jobs, each one reading of the cached rows per epoch.</param>
/// <param name="LargestJob">Trials of the largest job.</param>
/// <param name="Shards">Shards.</param>
/// <param name="StoredBytes">Stored bytes of all shards.</param>
/// <param name="Rows">Rows, training, validation and test.</param>
/// <param name="ValidationShards">Shards that are only validated on.</param>
/// <param name="TestShards">Shards that are only scored at the end.</param>
/// <param name="Features">Model features that the columns become.</param>
/// <param name="Classes">Classes; 0 when the label is a number.</param>
/// <param name="Parameters">Weights and biases of the smallest and of the largest model.</param>
/// <param name="StepsPerTrial">Fewest and most optimizer steps of a trial that runs to its end.</param>
/// <param name="By">What decided how many trials share a pass.</param>
/// <param name="Memory">What the job that needs most takes.</param>
/// <param name="Slots">What the jobs were cut for.</param>
/// <param name="RowsPerSecond">Measured training speed, rows summed over lanes.</param>
/// <param name="Time">From start to answer on this machine, if no trial ends early but by pruning.</param>
/// <param name="RungSteps">Rungs of a trial of the first combination that has any; empty where nothing is pruned.</param>
/// <param name="ShareOfRows">Share of the full grid's training rows that pruning leaves.</param>
/// <param name="IsExact">Whether all rows were looked at.</param>
internal sealed record SweepEstimate(
    int Trials,
    int Ramps,
    int Jobs,
    int LargestJob,
    int Shards,
    long StoredBytes,
    long Rows,
    int ValidationShards,
    int TestShards,
    int Features,
    int Classes,
    CountSpan Parameters,
    CountSpan StepsPerTrial,
    PackedBy By,
    JobMemory Memory,
    WorkerSlots Slots,
    double RowsPerSecond,
    TimeSpan Time,
    IReadOnlyList<long> RungSteps,
    double ShareOfRows,
    bool IsExact)
{
    // An evaluated row takes the forward third of a trained row's work.
    private const double EvaluationCost = 1.0 / 3;

    // To grant a job, open its rows, keep its models and close it: 2,000 jobs of one small trial took two Workers 43 s.
    private const double SecondsPerJob = 0.04;

    public static SweepEstimate Of(SweepSpec spec, ShardTable shards, DataSample sample, WorkerSlots slots)
    {
        var planned = PlannedTrials.Of(spec);
        var classes = Math.Max(2, sample.Classes);
        long ParametersOf(ModelSpec model) => ModelSize.Parameters(model, sample.Features, classes);
        var byNumber = planned.All.ToDictionary(trial => trial.Number);
        var storedBytes = shards.Shards.Sum(shard => shard.SizeBytes);
        var isExact = sample.IsWhole && shards.Shards.Count == 1;
        var rows = isExact ? sample.Rows : Math.Max(sample.Rows, RowsOf(storedBytes, sample));
        var (trainRows, validationRows) = Sides(spec.Data, shards, rows, sample);
        var shape = new DataShape(sample.Features, sample.Classes, trainRows, validationRows);
        PackedJobs[] rounds = [JobPacker.Pack(spec, planned.First, slots, shape), JobPacker.Pack(spec, planned.Following, slots, shape)];
        Trial[][] jobs = [.. rounds.SelectMany(round => round.Jobs).Select(job => job.Select(number => byNumber[number]).ToArray())];
        var largest = jobs.MaxBy(job => job.Length)!;
        var threads = slots.Count * slots.Threads;
        var speed = TrainingSpeed.Measure(largest, sample.Features, classes, threads);
        var combinations = RateCombination.Of(spec).Select(combination => CombinationCost.Of(spec, combination, trainRows, validationRows * EvaluationCost)).ToArray();
        var rowsToTrain = combinations.Sum(cost => cost.Rows);
        var seconds = (rows / sample.RowsPerSecond / Math.Min(threads, shards.Shards.Count)) + (rowsToTrain / speed) + (SecondsPerJob * jobs.Length / slots.Count);
        return new SweepEstimate(
            byNumber.Count,
            planned.Ramps,
            jobs.Length,
            largest.Length,
            shards.Shards.Count,
            storedBytes,
            rows,
            shards.Shards.Count(shard => shard.Role == ShardRole.Validation),
            shards.Shards.Count(shard => shard.Role == ShardRole.Test),
            sample.Features,
            sample.Classes,
            Range(spec.Variants().Select(variant => ParametersOf(variant.Model))),
            Range(spec.Variants().Select(variant => StepCount.Of(variant.Training, trainRows).Total)),
            rounds.MaxBy(round => round.Jobs.Select(job => job.Count).DefaultIfEmpty().Max())!.By,
            jobs.Select(job => JobMemory.Of(job, shape, spec.Objective.Use, slots.Threads)).MaxBy(memory => memory.Total)!,
            slots,
            speed,
            TimeSpan.FromSeconds(seconds),
            Rungs(spec, trainRows),
            rowsToTrain / combinations.Sum(cost => cost.FullRows),
            isExact);
    }

    private static long[] Rungs(SweepSpec spec, long trainRows) => RateCombination.Of(spec)
        .Select(combination => RungPlan.Of(spec.Pruning, combination.Variant.Training, combination.Schedule, trainRows).Select(rung => rung.Step).ToArray())
        .FirstOrDefault(steps => steps.Length > 0) ?? [];

    private static CountSpan Range(IEnumerable<long> values) => new(values.Min(), values.Max());

    /// <summary>Rows to train and to validate on; without those to test on.</summary>
    private static (long Train, long Validation) Sides(DataSpec data, ShardTable shards, long rows, DataSample sample)
    {
        var toLearn = Math.Max(1, rows - RowsOf(BytesOf(shards, ShardRole.Test), sample));
        var train = data.ValidationFiles is null ? (long)(toLearn * (1 - data.Validation.Fraction)) : toLearn - RowsOf(BytesOf(shards, ShardRole.Validation), sample);
        return (Math.Max(1, train), toLearn - Math.Max(1, train));
    }

    private static long BytesOf(ShardTable shards, ShardRole role) => shards.Shards.Where(shard => shard.Role == role).Sum(shard => shard.SizeBytes);

    private static long RowsOf(long bytes, DataSample sample) => (long)((double)bytes / sample.StoredBytes * sample.Rows);
}
