using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Worker.Training;

/// <summary>What lanes with the same training settings share: sizes and the steps at which they measure.</summary>
/// <param name="TrainRows">Training rows of an epoch.</param>
/// <param name="BatchSize">Rows of a step; the epoch's last may have fewer.</param>
/// <param name="IsFullBatch">Whether a step takes all rows.</param>
/// <param name="Measurements">When to measure.</param>
/// <param name="BaselineLoss">B of the divergence rule.</param>
internal sealed record TrainingShape(long TrainRows, long BatchSize, bool IsFullBatch, MeasurementPlan Measurements, double BaselineLoss)
{
    /// <summary>As in <see cref="Measurements"/>, in an array, for every step looks at them.</summary>
    public long[] WindowEnds { get; } = [.. Measurements.WindowEnds];

    public static TrainingShape Of(TrainingSpec training, long trainRows, double baselineLoss) => Of(training, trainRows, baselineLoss, MeasurementPlan.Create(training, trainRows));

    /// <summary>Of a trial, which may be a ramp.</summary>
    public static TrainingShape Of(TrialParameters parameters, long trainRows, double baselineLoss) => Of(parameters.Training, trainRows, baselineLoss, MeasurementPlan.Create(parameters, trainRows));

    /// <summary>Rows of the batch that begins at <paramref name="firstRow"/> of an epoch.</summary>
    public long RowsOfBatch(long firstRow) => Math.Min(BatchSize, TrainRows - firstRow);

    private static TrainingShape Of(TrainingSpec training, long trainRows, double baselineLoss, MeasurementPlan measurements) => new(
        trainRows,
        training.BatchSize ?? trainRows,
        training.BatchSize is null,
        measurements,
        baselineLoss);
}
