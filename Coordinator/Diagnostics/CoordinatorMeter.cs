using System.Diagnostics.Metrics;

namespace CloudSweep.Coordinator.Diagnostics;

/// <summary>Counts what the Coordinator does; meter <c>CloudSweep.Coordinator</c>.</summary>
internal sealed class CoordinatorMeter(IMeterFactory factory)
{
    private readonly Meter _meter = factory.Create("CloudSweep.Coordinator");

    /// <summary>Jobs granted.</summary>
    public Counter<long> Grants => field ??= _meter.CreateCounter<long>("cloudsweep.jobs.granted");

    /// <summary>Progress reports taken.</summary>
    public Counter<long> Reports => field ??= _meter.CreateCounter<long>("cloudsweep.reports");

    /// <summary>Jobs queued again because their lease had expired.</summary>
    public Counter<long> Reaps => field ??= _meter.CreateCounter<long>("cloudsweep.jobs.reaped");

    /// <summary>Notifications published.</summary>
    public Counter<long> Notifications => field ??= _meter.CreateCounter<long>("cloudsweep.notifications");

    /// <summary>Jobs that Workers hold or would be granted now, as last told to a scaler.</summary>
    public Gauge<long> Demand => field ??= _meter.CreateGauge<long>("cloudsweep.jobs.demand");

    /// <summary>Measurements that came again with other bits.</summary>
    public Counter<long> NumericsConflicts => field ??= _meter.CreateCounter<long>("cloudsweep.numerics_conflicts");
}
