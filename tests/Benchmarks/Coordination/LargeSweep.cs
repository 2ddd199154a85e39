using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Benchmarks.Coordination;

/// <summary>What it takes to look at one large sweep.</summary>
/// <param name="List">Time of <c>ListSweeps</c>.</param>
/// <param name="FirstStory">Time until <c>WatchSweep</c> tells something.</param>
/// <param name="Describe">Time of <c>DescribeSweep</c>.</param>
/// <param name="DescribeBytes">Size of its answer.</param>
/// <param name="Measurements">Time of <c>ListMeasurements</c>, all of them.</param>
internal sealed record LargeSweep(TimeSpan List, TimeSpan FirstStory, TimeSpan Describe, long DescribeBytes, TimeSpan Measurements)
{
    public static async Task<LargeSweep> LookAtAsync(CoordinatorProcess coordinator, string sweep, CancellationToken cancellationToken)
    {
        using var channel = coordinator.SubmitterChannel();
        var sweeps = new Sweeps.SweepsClient(channel);
        var list = await TimeAsync(() => sweeps.ListSweepsAsync(new ListSweepsRequest(), cancellationToken: cancellationToken).ResponseAsync);
        var story = await TimeAsync(() => NoopRun.WatchAsync(sweeps, sweep, cancellationToken));
        var bytes = 0;
        var describe = await TimeAsync(async () => bytes = (await sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep }, cancellationToken: cancellationToken)).CalculateSize());
        var measurements = await TimeAsync(() => MeasurementsAsync(sweeps, sweep, cancellationToken));
        return new LargeSweep(list, story, describe, bytes, measurements);
    }

    /// <summary>Losses of trials' evaluations.</summary>
    public static async Task<Dictionary<int, double>> MeasurementsAsync(Sweeps.SweepsClient sweeps, string sweep, CancellationToken cancellationToken)
    {
        using var call = sweeps.ListMeasurements(new ListMeasurementsRequest { Sweep = sweep }, cancellationToken: cancellationToken);
        var losses = new Dictionary<int, double>();
        await foreach (var measurement in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (measurement.KindCase == Measurement.KindOneofCase.Evaluation)
            {
                losses.Add(measurement.Trial, measurement.Evaluation.Metrics[0].Value);
            }
        }

        return losses;
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> call)
    {
        var started = TimeProvider.System.GetTimestamp();
        await call();
        return TimeProvider.System.GetElapsedTime(started);
    }
}
