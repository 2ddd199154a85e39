using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Healthy while calls are answered, degraded after a failure, unhealthy after several in a row. Sweeps go on without a broker, because Workers poll; only slower.</summary>
/// <param name="resource">Full name of the topic or subscription.</param>
/// <param name="state">What it tells.</param>
internal sealed class PubSubHealthCheck(string resource, PubSubState state) : IHealthCheck
{
    /// <summary>Failures in a row, each after all its tries, that make it unhealthy.</summary>
    public const int FailuresToUnhealthy = 3;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var standing = state.Current;
        var data = new Dictionary<string, object>
        {
            ["resource"] = resource,
            ["lastSuccess"] = standing.LastSuccess?.ToString("O", CultureInfo.InvariantCulture) ?? "never",
            ["consecutiveFailures"] = standing.ConsecutiveFailures,
        };
        return Task.FromResult(standing.ConsecutiveFailures switch
        {
            0 => HealthCheckResult.Healthy($"{resource} answers.", data),
            < FailuresToUnhealthy => HealthCheckResult.Degraded(standing.LastError, data: data),
            _ => new HealthCheckResult(context.Registration.FailureStatus, standing.LastError, data: data),
        });
    }
}
