using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Healthy while calls are answered; otherwise the status of its registration, until one is answered again.</summary>
/// <param name="resource">Full name of the topic or subscription.</param>
/// <param name="state">What it tells.</param>
internal sealed class PubSubHealthCheck(string resource, PubSubState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var standing = state.Current;
        var data = new Dictionary<string, object>
        {
            ["resource"] = resource,
            ["lastSuccess"] = standing.LastSuccess?.ToString("O", CultureInfo.InvariantCulture) ?? "never",
            ["consecutiveFailures"] = standing.ConsecutiveFailures,
        };
        return Task.FromResult(standing.ConsecutiveFailures == 0
            ? HealthCheckResult.Healthy($"{resource} answers.", data)
            : new HealthCheckResult(context.Registration.FailureStatus, standing.LastError, data: data));
    }
}
