namespace CloudSweep.Deployment.Tests.Kubernetes.Keda;

/// <summary>A source of numbers.</summary>
public sealed class ScaleTrigger
{
    public string Type { get; init; } = "";

    public string? Name { get; init; }

    public IDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public AuthenticationRef? AuthenticationRef { get; init; }

    public string? MetricType { get; init; }

    public bool? UseCachedMetrics { get; init; }
}
