namespace CloudSweep.Deployment.Tests.Kubernetes.Keda;

/// <summary>Names a TriggerAuthentication.</summary>
public sealed class AuthenticationRef
{
    public string Name { get; init; } = "";

    public string? Kind { get; init; }
}
