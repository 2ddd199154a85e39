namespace CloudSweep.Deployment.Tests.Kubernetes.Keda;

/// <summary>Where the parameters of a trigger come from.</summary>
public sealed class TriggerAuthenticationSpec
{
    public IList<SecretTargetRef> SecretTargetRef { get; init; } = [];
}
