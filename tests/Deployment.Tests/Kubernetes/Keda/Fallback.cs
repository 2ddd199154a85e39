namespace CloudSweep.Deployment.Tests.Kubernetes.Keda;

/// <summary>What happens while a trigger does not answer.</summary>
public sealed class Fallback
{
    public int FailureThreshold { get; init; }

    public int Replicas { get; init; }

    public string? Behavior { get; init; }
}
