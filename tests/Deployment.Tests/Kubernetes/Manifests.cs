using System.Collections.Concurrent;
using CloudSweep.Deployment.Tests.Kubernetes.Keda;
using CloudSweep.TestSupport;
using k8s;
using k8s.Models;

namespace CloudSweep.Deployment.Tests.Kubernetes;

/// <summary>Objects of Kubernetes, read without forgiving an unknown field.</summary>
internal sealed class Manifests
{
    private static readonly ConcurrentDictionary<string, Task<string>> Rendered = new();

    private static readonly Dictionary<string, Type> OwnTypes = new()
    {
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject),
        ["keda.sh/v1alpha1/TriggerAuthentication"] = typeof(TriggerAuthentication),
    };

    private readonly List<object> _objects;

    private Manifests(List<object> objects) => _objects = objects;

    /// <summary>Every pod that these objects make, by the name of what makes it.</summary>
    public IReadOnlyDictionary<string, V1PodTemplateSpec> Pods => All<V1Deployment>().Select(deployment => (deployment.Name(), deployment.Spec.Template))
        .Concat(All<V1StatefulSet>().Select(set => (set.Name(), set.Spec.Template)))
        .ToDictionary();

    public IReadOnlyList<object> Objects => _objects;

    /// <summary>What <c>kubectl kustomize</c> makes of a folder below deploy/kubernetes.</summary>
    public static async Task<string> RenderAsync(string folder)
    {
        if (RequiredTools.Find("kubectl") is null)
        {
            RequiredTools.Skip("kubectl is missing; install it, e.g. from https://kubernetes.io/docs/tasks/tools/.");
        }

        return await Rendered.GetOrAdd(folder, _ => RenderPathAsync(Repository.PathOf("deploy", "kubernetes", folder)));
    }

    /// <summary>What <c>kubectl kustomize</c> makes of any folder.</summary>
    public static async Task<string> RenderPathAsync(string path)
    {
        var kubectl = await Command.RunAsync("kubectl", ["kustomize", path]);
        Assert.True(kubectl.ExitCode == 0, kubectl.Errors);
        Assert.Equal("", kubectl.Errors);
        return kubectl.Output;
    }

    public static async Task<Manifests> OfAsync(string folder) => Parse(await RenderAsync(folder));

    /// <exception cref="YamlDotNet.Core.YamlException">A field is unknown, twice there or of another type.</exception>
    public static Manifests Parse(string yaml) => new(KubernetesYaml.LoadAllFromString(yaml, OwnTypes, strict: true));

    public IEnumerable<T> All<T>() => _objects.OfType<T>();
}
