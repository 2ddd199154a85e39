using CloudSweep.Deployment.Tests.Kubernetes.Keda;
using CloudSweep.TestSupport;
using k8s;
using k8s.Models;
using YamlDotNet.Core;

namespace CloudSweep.Deployment.Tests.Kubernetes;

/// <summary>Manifests that a cluster would take: every field is one of its kind.</summary>
public sealed class StrictTypesTests
{
    public static TheoryData<string> Folders => ["base", "overlays/local", "overlays/gke"];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Render_EveryFolder_IsOfKnownFields(string folder)
    {
        var manifests = await Manifests.OfAsync(folder);

        Assert.All(manifests.Objects, thing => Assert.IsNotType<Dictionary<object, object>>(thing));
        Assert.Single(manifests.All<V1StatefulSet>(), set => set.Name() == "coordinator");
        Assert.Single(manifests.All<V1Deployment>(), deployment => deployment.Name() == "worker");
        Assert.Single(manifests.All<ScaledObject>(), scaled => scaled.Name() == "worker");
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Render_EveryFolder_IsInOneNamespace(string folder)
    {
        var manifests = await Manifests.OfAsync(folder);

        Assert.All(manifests.Objects, thing => Assert.Equal(
            "cloudsweep",
            thing is V1Namespace space ? space.Name() : Assert.IsAssignableFrom<IKubernetesObject<V1ObjectMeta>>(thing).Namespace()));
    }

    [Theory]
    [InlineData("terminationGracePeriodSeconds:", "terminationGracePeriodSecond:")]
    [InlineData("readOnlyRootFilesystem:", "readonlyRootFilesystem:")]
    [InlineData("policyTypes:", "policyType:")]
    [InlineData("cooldownPeriod:", "coolDownPeriod:")]
    [InlineData("stabilizationWindowSeconds:", "stabilisationWindowSeconds:")]
    [InlineData("secretTargetRef:", "secretTargetRefs:")]
    [InlineData("authenticationRef:", "authentication:")]
    public async Task Parse_MisspeltField_IsRefused(string field, string misspelt)
    {
        var yaml = await Manifests.RenderAsync("overlays/gke");
        Assert.Contains(field, yaml, StringComparison.Ordinal);

        var exception = Assert.ThrowsAny<YamlException>(() => Manifests.Parse(yaml.Replace(field, misspelt, StringComparison.Ordinal)));

        Assert.Contains(misspelt.TrimEnd(':'), $"{exception.Message} {exception.InnerException?.Message}", StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ComponentForTheOutside_IsOfKnownFields()
    {
        var manifests = Manifests.Parse(File.ReadAllText(Repository.PathOf("deploy", "kubernetes", "components", "outside", "coordinator-outside.yaml")));

        var service = Assert.Single(manifests.All<V1Service>());
        var port = Assert.Single(service.Spec.Ports);
        Assert.Equal((5443, "grpc"), (port.Port, port.TargetPort.Value));
        Assert.NotEmpty(service.Spec.LoadBalancerSourceRanges);
        Assert.Equal(
            service.Spec.LoadBalancerSourceRanges,
            Assert.Single(manifests.All<V1NetworkPolicy>()).Spec.Ingress.Single().FromProperty.Select(peer => peer.IpBlock.Cidr));
    }
}
