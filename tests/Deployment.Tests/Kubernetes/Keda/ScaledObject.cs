using k8s;
using k8s.Models;

namespace CloudSweep.Deployment.Tests.Kubernetes.Keda;

/// <summary>KEDA's <c>keda.sh/v1alpha1</c> ScaledObject, as its custom resource definition of version 2.16 and later has it.</summary>
public sealed class ScaledObject : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public ScaledObjectSpec Spec { get; init; } = new();
}
