using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudSweep.Coordinator.Diagnostics;

/// <summary>A Coordinator that can't read its store serves nobody.</summary>
internal sealed class StoreHealth(ISweepStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.ReadAsync(view => view.ListOpenSweeps().Count, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }
}
