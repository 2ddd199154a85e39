namespace CloudSweep.Deployment.Tests.Kubernetes.Keda;

/// <summary>What is scaled; a Deployment unless a kind is given.</summary>
public sealed class ScaleTarget
{
    public string Name { get; init; } = "";

    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public string? EnvSourceContainerName { get; init; }
}
