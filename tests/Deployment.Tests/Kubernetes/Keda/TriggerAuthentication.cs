using k8s;
using k8s.Models;

namespace CloudSweep.Deployment.Tests.Kubernetes.Keda;

/// <summary>KEDA's <c>keda.sh/v1alpha1</c> TriggerAuthentication, with the one of its sources that is used here.</summary>
public sealed class TriggerAuthentication : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public TriggerAuthenticationSpec Spec { get; init; } = new();
}
