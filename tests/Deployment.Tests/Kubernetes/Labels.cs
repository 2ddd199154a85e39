using k8s.Models;

namespace CloudSweep.Deployment.Tests.Kubernetes;

/// <summary>Whom a selector means.</summary>
internal static class Labels
{
    public static bool Selects(this V1LabelSelector? selector, IDictionary<string, string>? labels)
    {
        var has = labels ?? new Dictionary<string, string>();
        return (selector?.MatchLabels ?? new Dictionary<string, string>()).All(wanted => has.TryGetValue(wanted.Key, out var value) && value == wanted.Value)
            && (selector?.MatchExpressions ?? []).All(expression => expression.OperatorProperty == "In"
                ? has.TryGetValue(expression.Key, out var value) && expression.Values.Contains(value)
                : throw new NotSupportedException(expression.OperatorProperty));
    }

    /// <summary>Names of the pods that a selector means.</summary>
    public static string[] PodsOf(this Manifests manifests, V1LabelSelector? selector) =>
        [.. manifests.Pods.Where(pod => selector.Selects(pod.Value.Metadata.Labels)).Select(pod => pod.Key).Order(StringComparer.Ordinal)];
}
