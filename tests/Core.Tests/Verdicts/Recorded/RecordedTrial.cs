using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Tests.Verdicts.Recorded;

/// <summary>What one trial of a recorded sweep measured, as far as verdicts read it. Numbers have six significant digits.</summary>
/// <param name="Rate">Learning rate.</param>
/// <param name="Repeat">0-based.</param>
/// <param name="State">How it ended.</param>
/// <param name="Reason">Why it diverged or was pruned.</param>
/// <param name="Step">Steps it did.</param>
/// <param name="Score">Objective at its last evaluation; NaN without one.</param>
/// <param name="Error">Standard error of the score over rows.</param>
/// <param name="Steps">Last step of each loss window.</param>
/// <param name="Means">Mean training loss of each window.</param>
/// <param name="Deviations">Standard deviation of the batch losses of each window.</param>
internal sealed record RecordedTrial(
    double Rate,
    int Repeat,
    TrialState State,
    string Reason,
    long Step,
    double Score,
    double Error,
    IReadOnlyList<long> Steps,
    IReadOnlyList<double> Means,
    IReadOnlyList<double> Deviations)
{
    public IReadOnlyList<Measurement> Measurements(int trial, string metric) =>
    [
        .. Steps.Select((step, index) => new Measurement.LossWindow(trial, 1, step, step - (index == 0 ? 0 : Steps[index - 1]), Means[index], Deviations[index])),
        .. double.IsNaN(Score) ? Array.Empty<Measurement>() : [new Measurement.Evaluation(trial, 1, Step, 1, [new Metric(metric, Score, Error)])],
    ];
}
