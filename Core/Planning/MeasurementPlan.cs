using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>At which optimizer steps a trial measures: a pure function of the spec and the row count, at most 180 measurements.</summary>
/// <param name="StepsPerEpoch">ceil(train rows / batch size), ≥ 1.</param>
/// <param name="TotalSteps">Epochs × steps per epoch.</param>
/// <param name="EvaluationSteps">Ascending epoch ends; every epoch up to 160 epochs, evenly thinned beyond; the last is <paramref name="TotalSteps"/>.</param>
/// <param name="WindowEnds">Last step of each of at most 20 loss windows whose lengths differ by at most one; of a ramp at most 100, for its rate changes all the time.</param>
public sealed record MeasurementPlan(long StepsPerEpoch, long TotalSteps, IReadOnlyList<long> EvaluationSteps, IReadOnlyList<long> WindowEnds)
{
    private const int MaxEvaluations = 160;
    private const int MaxWindows = 20;
    private const int MaxRampWindows = 100;
    private const int StepsPerRampWindow = 4;

    public static MeasurementPlan Create(TrainingSpec training, long trainRows)
    {
        var steps = StepCount.Of(training, trainRows);
        var (stepsPerEpoch, totalSteps) = (steps.PerEpoch, steps.Total);
        var epochsPerEvaluation = (training.Epochs + MaxEvaluations - 1) / MaxEvaluations;
        var evaluationSteps = Enumerable.Range(1, training.Epochs)
            .Where(epoch => epoch % epochsPerEvaluation == 0 || epoch == training.Epochs)
            .Select(epoch => epoch * stepsPerEpoch)
            .ToArray();
        return new MeasurementPlan(stepsPerEpoch, totalSteps, evaluationSteps, Windows(totalSteps, Math.Min(MaxWindows, totalSteps)));
    }

    /// <summary>Of a trial. A ramp is not evaluated; its windows are short, but of several steps where batches are noisy.</summary>
    public static MeasurementPlan Create(TrialParameters parameters, long trainRows)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Ramp is null)
        {
            return Create(parameters.Training, trainRows);
        }

        var steps = StepCount.Of(parameters, trainRows);
        var shortest = parameters.Training.BatchSize is null ? 1 : StepsPerRampWindow;
        return new MeasurementPlan(steps.PerEpoch, steps.Total, [], Windows(steps.Total, Math.Clamp(steps.Total / shortest, 1, MaxRampWindows)));
    }

    private static long[] Windows(long steps, long count) => [.. Enumerable.Range(1, (int)count).Select(window => steps * window / count)];
}
