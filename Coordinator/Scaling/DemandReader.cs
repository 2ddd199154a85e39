using CloudSweep.Coordinator.Diagnostics;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Scaling;

/// <summary>Looks how much work there is now.</summary>
internal sealed class DemandReader(ISweepStore store, TimeProvider time, CoordinatorMeter meter)
{
    public async Task<WorkDemand> ReadAsync(CancellationToken cancellationToken)
    {
        var demand = WorkDemand.Of(await store.ReadAsync(view => view.ListOpenWork(time.GetUtcNow()), cancellationToken));
        meter.Demand.Record(demand.Jobs);
        return demand;
    }
}
