using System.Globalization;
using CloudSweep.Deployment.Tests.Images;
using CloudSweep.Deployment.Tests.Kubernetes.Keda;
using CloudSweep.Deployment.Tests.Settings;
using k8s.Models;

namespace CloudSweep.Deployment.Tests.Kubernetes;

/// <summary>Who reaches whom, and that every port is the one that is listened at.</summary>
public sealed class NetworkTests
{
    private static readonly string[] Emulators = ["PUBSUB_EMULATOR_HOST", "STORAGE_EMULATOR_HOST"];

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Ports_OfContainers_AreThoseOfTheImagesAndTheSettings(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);

        Assert.All(manifests.Pods, pod => Assert.All(pod.Value.Spec.Containers, container =>
        {
            var ports = container.Ports.Select(port => port.ContainerPort).Order().ToArray();
            if (container.Image.Contains("cloudsweep/", StringComparison.Ordinal))
            {
                Assert.Equal(DockerStage.Of(container.Image).Ports.Order(), ports);
            }

            if (pod.Key is "coordinator" or "worker")
            {
                Assert.Equal(ContainerSettings.Of(manifests, container).ListeningPorts, ports);
            }
        }));
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Probes_OfHosts_AskForHealthAtTheHealthPort(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);

        Assert.All(manifests.Pods.Where(pod => pod.Key is "coordinator" or "worker"), pod =>
        {
            var container = Assert.Single(pod.Value.Spec.Containers);
            var health = container.Ports.Single(port => port.Name == "health").ContainerPort;
            Assert.Equal(health, new Uri(ContainerSettings.Of(manifests, container).Values["Health:Listen"].Replace('*', 'a')).Port);

            // Only the name "" is served: all checks of the host.
            Assert.All([container.StartupProbe, container.ReadinessProbe, container.LivenessProbe], probe => Assert.Equal((health, ""), (probe.Grpc.Port, probe.Grpc.Service)));

            // A process that is busy, or a store that is away for a moment, is not restarted.
            Assert.True(container.LivenessProbe.PeriodSeconds * container.LivenessProbe.FailureThreshold >= 120);
        });
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Services_All_LeadToPortsOfAPod(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);

        Assert.All(manifests.All<V1Service>(), service =>
        {
            var pod = manifests.Pods[Assert.Single(manifests.PodsOf(new V1LabelSelector { MatchLabels = service.Spec.Selector }))];
            Assert.Equal("ClusterIP", service.Spec.Type ?? "ClusterIP");
            Assert.All(service.Spec.Ports, port => Assert.Equal(port.Port, Assert.Single(pod.Spec.Containers).Ports.Single(candidate => candidate.Name == port.TargetPort.Value).ContainerPort));
        });
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Policies_All_MeanPodsThatAreThereAndPortsThatTheyHave(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);
        var policies = manifests.All<V1NetworkPolicy>().ToArray();

        var everyone = Assert.Single(policies, policy => policy.Name() == "default-deny");
        Assert.Equal(manifests.Pods.Keys.Order(StringComparer.Ordinal), manifests.PodsOf(everyone.Spec.PodSelector));
        Assert.Equal(["Ingress", "Egress"], everyone.Spec.PolicyTypes);
        Assert.Null(everyone.Spec.Ingress);
        Assert.Null(everyone.Spec.Egress);

        Assert.All(policies, policy =>
        {
            var pods = manifests.PodsOf(policy.Spec.PodSelector);
            Assert.NotEmpty(pods);
            Assert.All(policy.Spec.Ingress ?? [], rule => Assert.Subset(PortsOf(manifests, pods), rule.Ports.Select(port => port.Port.Value).ToHashSet()));
            var peers = (policy.Spec.Ingress ?? []).SelectMany(rule => rule.FromProperty.Select(peer => (peer, rule.Ports, Direction: "in")))
                .Concat((policy.Spec.Egress ?? []).SelectMany(rule => rule.To.Select(peer => (peer, rule.Ports, Direction: "out"))));
            Assert.All(peers.Where(peer => peer.peer is { PodSelector: not null, NamespaceSelector: null }), peer =>
            {
                var others = manifests.PodsOf(peer.peer.PodSelector);
                Assert.NotEmpty(others);
                Assert.Subset(PortsOf(manifests, peer.Direction == "in" ? pods : others), peer.Ports.Select(port => port.Port.Value).ToHashSet());
            });
        });
    }

    [Theory]
    [InlineData(Overlay.Local, "worker", "coordinator", 5443)]
    [InlineData(Overlay.Local, "worker", "pubsub", 8085)]
    [InlineData(Overlay.Local, "worker", "storage", 4443)]
    [InlineData(Overlay.Local, "coordinator", "pubsub", 8085)]
    [InlineData(Overlay.Local, "coordinator", "storage", 4443)]
    [InlineData(Overlay.Gke, "worker", "coordinator", 5443)]
    public async Task Policies_WhoNeedsAnother_LetThemOutAndIn(string overlay, string from, string to, int port)
    {
        var manifests = await Overlay.ReadAsync(overlay);

        Assert.True(Leads(manifests, from, to, port));
    }

    [Theory]
    [InlineData("worker", "coordinator", 5444)]
    [InlineData("worker", "coordinator", 8081)]
    [InlineData("coordinator", "worker", 8081)]
    [InlineData("pubsub", "coordinator", 5443)]
    [InlineData("storage", "worker", 8081)]
    [InlineData("worker", "worker", 8081)]
    public async Task Policies_WhoDoesNotNeedAnother_KeepThemApart(string from, string to, int port)
    {
        var manifests = await Overlay.ReadAsync(Overlay.Local);

        Assert.False(Leads(manifests, from, to, port));
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Policies_OfTheScalersPort_LetInKedaAlone(string overlay)
    {
        var peer = Assert.Single((await Overlay.ReadAsync(overlay)).All<V1NetworkPolicy>()
            .SelectMany(policy => policy.Spec.Ingress ?? [])
            .Where(rule => rule.Ports.Any(port => port.Port.Value == "5444"))
            .SelectMany(rule => rule.FromProperty));

        Assert.Equal("keda", peer.NamespaceSelector.MatchLabels["kubernetes.io/metadata.name"]);
        Assert.Equal("keda-operator", peer.PodSelector.MatchLabels["app"]);
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Addresses_InSettingsAndTriggers_AreThoseOfServices(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);
        var worker = ContainerSettings.Of(manifests, manifests.Pods["worker"].Spec.Containers[0]).Values;
        var coordinator = ContainerSettings.Of(manifests, manifests.Pods["coordinator"].Spec.Containers[0]).Values;
        var trigger = Assert.Single(Assert.Single(manifests.All<ScaledObject>()).Spec.Triggers);
        string[] addresses =
        [
            worker["Worker:Coordinator"]["https://".Length..], trigger.Metadata["scalerAddress"],
            .. new[] { worker, coordinator }.SelectMany(settings => Emulators.Select(name => settings.GetValueOrDefault(name)).OfType<string>()),
        ];

        Assert.Equal(overlay == Overlay.Local ? 6 : 2, addresses.Length);
        Assert.All(addresses, address => Assert.Contains(
            manifests.All<V1Service>().SelectMany(service => service.Spec.Ports.SelectMany(port => new[] { $"{service.Name()}.{service.Namespace()}.svc:{port.Port}", $"{service.Name()}:{port.Port}" })),
            candidate => candidate == address));
    }

    private static bool Leads(Manifests manifests, string from, string to, int port) =>
        manifests.All<V1NetworkPolicy>().Any(policy => manifests.PodsOf(policy.Spec.PodSelector).Contains(from)
            && (policy.Spec.Egress ?? []).Any(rule => rule.To.Any(peer => Means(manifests, peer, to)) && Opens(rule.Ports, port)))
        && manifests.All<V1NetworkPolicy>().Any(policy => manifests.PodsOf(policy.Spec.PodSelector).Contains(to)
            && (policy.Spec.Ingress ?? []).Any(rule => rule.FromProperty.Any(peer => Means(manifests, peer, from)) && Opens(rule.Ports, port)));

    private static bool Means(Manifests manifests, V1NetworkPolicyPeer peer, string pod) =>
        peer is { PodSelector: not null, NamespaceSelector: null } && manifests.PodsOf(peer.PodSelector).Contains(pod);

    private static bool Opens(IEnumerable<V1NetworkPolicyPort> ports, int port) => ports.Any(open => open.Port.Value == port.ToString(CultureInfo.InvariantCulture));

    private static HashSet<string> PortsOf(Manifests manifests, IEnumerable<string> pods) =>
    [
        .. pods.SelectMany(pod => manifests.Pods[pod].Spec.Containers).SelectMany(container => container.Ports)
            .Select(port => port.ContainerPort.ToString(CultureInfo.InvariantCulture)),
    ];
}
