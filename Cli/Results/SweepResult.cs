using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Grpc.Core;
using Measurement = CloudSweep.Protos.V1.Measurement;
using Trial = CloudSweep.Protos.V1.Trial;

namespace CloudSweep.Cli.Results;

/// <summary>All that a Coordinator tells of a sweep.</summary>
/// <param name="Spec">The sweep file.</param>
/// <param name="Description">State, trials and answer.</param>
/// <param name="Measurements">By trial, step; of the try that counts.</param>
internal sealed record SweepResult(SweepSpec Spec, DescribeSweepResponse Description, IReadOnlyList<Measurement> Measurements)
{
    public SweepProgress Progress => Description.Progress;

    public Answer Answer => Description.Answer;

    public static async Task<SweepResult> ReadAsync(Sweeps.SweepsClient sweeps, string sweep, CancellationToken cancellationToken)
    {
        var description = await sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep }, cancellationToken: cancellationToken);
        using var call = sweeps.ListMeasurements(new ListMeasurementsRequest { Sweep = sweep }, cancellationToken: cancellationToken);
        var tries = description.Trials.ToDictionary(trial => trial.Number, trial => trial.Try);
        var measurements = await call.ResponseStream.ReadAllAsync(cancellationToken)
            .Where(measurement => tries.GetValueOrDefault(measurement.Trial) == measurement.Try)
            .ToListAsync(cancellationToken);
        return new SweepResult(CanonicalJson.Read<SweepSpec>(description.SpecJson), description, measurements);
    }

    /// <summary>Value of a trial's metric at its score; null before there is one.</summary>
    public static MetricValue? MetricOf(Trial trial, string metric) => trial.Metrics.FirstOrDefault(value => value.Name == metric);

    /// <summary>What short texts show of a trial's metrics: those of single classes are in the files only.</summary>
    public static IEnumerable<MetricValue> ShortMetrics(Trial trial) => trial.Metrics.Where(metric => !MetricNames.IsPerClass(metric.Name));
}
