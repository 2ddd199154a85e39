namespace CloudSweep.Deployment.Tests.Kubernetes.Keda;

/// <summary>How the autoscaler that KEDA makes behaves.</summary>
public sealed class AdvancedConfig
{
    public bool? RestoreToOriginalReplicaCount { get; init; }

    public HorizontalPodAutoscalerConfig? HorizontalPodAutoscalerConfig { get; init; }
}
