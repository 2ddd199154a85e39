namespace CloudSweep.Deployment.Tests.Kubernetes.Keda;

/// <summary>A parameter that is a key of a Secret.</summary>
public sealed class SecretTargetRef
{
    public string Parameter { get; init; } = "";

    public string Name { get; init; } = "";

    public string Key { get; init; } = "";
}
