namespace CloudSweep.Deployment.Tests.Kubernetes.Keda;

/// <summary>What is scaled, between which bounds and by which triggers.</summary>
public sealed class ScaledObjectSpec
{
    public ScaleTarget ScaleTargetRef { get; init; } = new();

    public int? PollingInterval { get; init; }

    public int? InitialCooldownPeriod { get; init; }

    public int? CooldownPeriod { get; init; }

    public int? IdleReplicaCount { get; init; }

    public int? MinReplicaCount { get; init; }

    public int? MaxReplicaCount { get; init; }

    public AdvancedConfig? Advanced { get; init; }

    public Fallback? Fallback { get; init; }

    public IList<ScaleTrigger> Triggers { get; init; } = [];
}
