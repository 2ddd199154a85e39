using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>How a trial's optimizer steps lie over its training rows.</summary>
/// <param name="TrainRows">Training rows of an epoch, ≥ 1.</param>
/// <param name="BatchSize">Rows of a step; an epoch's last may have fewer.</param>
/// <param name="Epochs">Passes over the training rows.</param>
public readonly record struct StepCount(long TrainRows, long BatchSize, int Epochs)
{
    /// <param name="training">How long and in which pieces.</param>
    /// <param name="trainRows">Training rows of an epoch, ≥ 1.</param>
    /// <param name="rampSteps">Most steps, of a ramp; null for other trials.</param>
    public static StepCount Of(TrainingSpec training, long trainRows, int? rampSteps = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfLessThan(trainRows, 1);
        return new StepCount(trainRows, training.BatchSize ?? trainRows, training.Epochs) { Limit = rampSteps ?? long.MaxValue };
    }

    /// <summary>Of a trial: a ramp has no more steps than it says.</summary>
    public static StepCount Of(TrialParameters parameters, long trainRows)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return Of(parameters.Training, trainRows, parameters.Ramp?.Steps);
    }

    /// <summary>Most steps.</summary>
    public long Limit { get; private init; } = long.MaxValue;

    /// <summary>ceil(train rows / batch size), ≥ 1.</summary>
    public long PerEpoch => (TrainRows + BatchSize - 1) / BatchSize;

    public long Total => Math.Min(Limit, PerEpoch * Epochs);

    /// <summary>Training rows, counted over all epochs, that are read once <paramref name="step"/> steps are complete.</summary>
    public long RowsAt(long step) => (step / PerEpoch * TrainRows) + Math.Min(step % PerEpoch * BatchSize, TrainRows);

    /// <summary>Steps that are complete once <paramref name="position"/> training rows, counted over all epochs, are read.</summary>
    public long At(long position) => Math.Min(Total, (position / TrainRows * PerEpoch) + (position % TrainRows / BatchSize));
}
