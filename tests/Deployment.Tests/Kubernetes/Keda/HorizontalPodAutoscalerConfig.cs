using k8s.Models;

namespace CloudSweep.Deployment.Tests.Kubernetes.Keda;

/// <summary>Name and behavior of the autoscaler.</summary>
public sealed class HorizontalPodAutoscalerConfig
{
    public string? Name { get; init; }

    public V2HorizontalPodAutoscalerBehavior? Behavior { get; init; }
}
