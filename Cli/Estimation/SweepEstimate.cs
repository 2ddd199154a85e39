using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Estimation;

namespace CloudSweep.Cli.Estimation;

/// <summary>What a sweep will do and cost. Rows, classes and time are estimates from the data's first rows.</summary>
/// <param name="Trials">Trials in all.</param>
/// <param name="Jobs">Training jobs, each one reading of the cached rows per epoch.</param>
/// <param name="LargestJob">Trials of the largest job.</param>
/// <param name="Shards">Shards.</param>
/// <param name="StoredBytes">Stored bytes of all shards.</param>
/// <param name="Rows">Rows, training and validation.</param>
/// <param name="Features">Feature columns.</param>
/// <param name="Classes">Classes; 0 when the label is a number.</param>
/// <param name="Parameters">Weights and biases of the model.</param>
/// <param name="StepsPerTrial">Optimizer steps of a trial that runs to its end.</param>
/// <param name="LaneBytes">Memory of the lanes of the largest job.</param>
/// <param name="RowsPerSecond">Measured training speed, rows summed over lanes.</param>
/// <param name="Time">From start to answer on this machine, if no trial ends early.</param>
/// <param name="IsExact">Whether all rows were looked at.</param>
internal sealed record SweepEstimate(
    int Trials,
    int Jobs,
    int LargestJob,
    int Shards,
    long StoredBytes,
    long Rows,
    int Features,
    int Classes,
    long Parameters,
    long StepsPerTrial,
    long LaneBytes,
    double RowsPerSecond,
    TimeSpan Time,
    bool IsExact)
{
    // An evaluated row takes the forward third of a trained row's work.
    private const double EvaluationCost = 1.0 / 3;

    public static SweepEstimate Of(SweepSpec spec, ShardTable shards, DataSample sample, int slots, int threads)
    {
        var trials = TrialExpander.Expand(spec).ToArray();
        var classes = Math.Max(2, sample.Classes);
        var parameters = ModelSize.Parameters(spec.Model, sample.Features, classes);
        var jobs = JobPacker.Pack(spec, trials, slots, parameters);
        var byNumber = trials.ToDictionary(trial => trial.Number);
        var storedBytes = shards.Shards.Sum(shard => shard.SizeBytes);
        var isExact = sample.IsWhole && shards.Shards.Count == 1;
        var rows = isExact ? sample.Rows : Math.Max(sample.Rows, (long)((double)storedBytes / sample.StoredBytes * sample.Rows));
        var trainRows = Math.Max(1, (long)(rows * (1 - spec.Data.Validation.Fraction)));
        var plan = MeasurementPlan.Create(spec.Training, trainRows);
        var largest = jobs.MaxBy(job => job.Count)!;
        var speed = TrainingSpeed.Measure(spec, [.. largest.Select(number => byNumber[number])], sample.Features, classes, threads);
        var rowsToTrain = ((double)trainRows * spec.Training.Epochs) + ((rows - trainRows) * plan.EvaluationSteps.Count * EvaluationCost);
        var seconds = (rows / sample.RowsPerSecond / Math.Min(threads, shards.Shards.Count)) + (rowsToTrain * trials.Length / speed);
        return new SweepEstimate(
            trials.Length,
            jobs.Count,
            largest.Count,
            shards.Shards.Count,
            storedBytes,
            rows,
            sample.Features,
            sample.Classes,
            parameters,
            plan.TotalSteps,
            jobs.Max(job => job.Sum(number => LaneMemory.Bytes(parameters, byNumber[number].Parameters.Optimizer))),
            speed,
            TimeSpan.FromSeconds(seconds),
            isExact);
    }
}
