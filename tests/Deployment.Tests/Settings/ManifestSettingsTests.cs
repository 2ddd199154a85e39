using System.Globalization;
using CloudSweep.Coordinator;
using CloudSweep.Coordinator.Scaling;
using CloudSweep.Core.Domain;
using CloudSweep.Deployment.Tests.Kubernetes;
using CloudSweep.Deployment.Tests.Kubernetes.Keda;
using CloudSweep.Worker;
using k8s.Models;

namespace CloudSweep.Deployment.Tests.Settings;

/// <summary>The hosts take the settings of every overlay, and those fit together.</summary>
public sealed class ManifestSettingsTests
{
    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Build_CoordinatorOfAnOverlay_HasNoComplaint(string overlay)
    {
        using var pod = new HostPod(await Overlay.ReadAsync(overlay), "coordinator");

        await using var host = CoordinatorHost.Build(pod.Arguments);
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Build_WorkerOfAnOverlay_HasNoComplaint(string overlay)
    {
        using var pod = new HostPod(await Overlay.ReadAsync(overlay), "worker");

        using var host = WorkerHost.Build(pod.Arguments);
    }

    [Fact]
    public async Task Build_CoordinatorOfTheBase_MissesOnlyWhatOverlaysAdd()
    {
        using var pod = new HostPod(await Manifests.OfAsync("base"), "coordinator");

        var exception = Assert.Throws<InvalidSettingsException>(() => CoordinatorHost.Build(pod.Arguments));

        AssertOnlyOverlaysMiss(exception);
    }

    [Fact]
    public async Task Build_WorkerOfTheBase_MissesOnlyWhatOverlaysAdd()
    {
        using var pod = new HostPod(await Manifests.OfAsync("base"), "worker");

        var exception = Assert.Throws<InvalidSettingsException>(() => WorkerHost.Build(pod.Arguments));

        AssertOnlyOverlaysMiss(exception);
    }

    [Fact]
    public async Task Build_PlaceholdersThatNobodyFilledIn_AreRefused()
    {
        using var pod = new HostPod(await Manifests.OfAsync(Overlay.Gke), "worker");

        var exception = Assert.Throws<InvalidSettingsException>(() => WorkerHost.Build(pod.Arguments));

        Assert.Contains("'PROJECT_ID'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task CoordinatorAndWorkers_InOneOverlay_MeanTheSame(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);
        var (coordinator, worker) = (SettingsOf(manifests, "coordinator"), SettingsOf(manifests, "worker"));

        Assert.All(["Checkpoints:Location", "PubSub:Topic", "PubSub:Subscription"], name => Assert.Equal(coordinator[name], worker[name]));
        Assert.Equal(coordinator.GetValueOrDefault("PubSub:Project"), worker.GetValueOrDefault("PubSub:Project"));

        // Workers outlive the Coordinator, so the leases that it finds are alive.
        Assert.Equal("false", coordinator["Leases:RequeueOnStart"]);
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task GracePeriod_OfWorkers_IsLongerThanTheirDrain(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);
        var drain = TimeSpan.Parse(SettingsOf(manifests, "worker")["Worker:DrainTimeout"], CultureInfo.InvariantCulture);

        Assert.InRange(drain.TotalSeconds, 1, 12);
        Assert.True(manifests.Pods["worker"].Spec.TerminationGracePeriodSeconds > (drain + WorkerRegistration.ShutdownReserve).TotalSeconds);
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Cache_OfWorkers_FitsItsVolume(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);
        var pod = manifests.Pods["worker"].Spec;
        var mount = pod.Containers[0].VolumeMounts.Single(mount => mount.MountPath == SettingsOf(manifests, "worker")["Data:CacheDirectory"]);
        var room = pod.Volumes.Single(volume => volume.Name == mount.Name).EmptyDir.SizeLimit.ToDecimal();
        var limit = decimal.Parse(SettingsOf(manifests, "worker")["Data:CacheSizeLimitBytes"], CultureInfo.InvariantCulture);

        Assert.True(limit <= room * 0.8m, $"The cache of {limit} bytes may outgrow its volume of {room}.");
        Assert.True(pod.Containers[0].Resources.Limits["ephemeral-storage"].ToDecimal() >= room);
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Scaling_OfWorkers_CountsTheirSlots(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);
        var scaled = Assert.Single(manifests.All<ScaledObject>()).Spec;
        var slots = int.Parse(SettingsOf(manifests, "worker")["Worker:Slots"], CultureInfo.InvariantCulture);
        var trigger = Assert.Single(scaled.Triggers);

        Assert.Equal("external-push", trigger.Type);
        Assert.Equal(["scalerAddress", ScalerMetadata.SlotsKey], trigger.Metadata.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(slots, ScalerMetadata.SlotsPerWorker(trigger.Metadata.AsReadOnly()));
        Assert.Equal(scaled.MaxReplicaCount * slots, int.Parse(SettingsOf(manifests, "coordinator")["Packing:ExpectedSlots"], CultureInfo.InvariantCulture));
        Assert.Equal(0, scaled.MinReplicaCount);

        // KEDA would go to a fixed number while the Coordinator restarts.
        Assert.Null(scaled.Fallback);
    }

    [Theory]
    [InlineData("base")]
    [InlineData(Overlay.Local)]
    public async Task ScaleIn_ByDefault_IsLeftToTheEndOfAllWork(string folder)
    {
        var behavior = Assert.Single((await Manifests.OfAsync(folder)).All<ScaledObject>()).Spec.Advanced!.HorizontalPodAutoscalerConfig!.Behavior!;

        Assert.Equal("Disabled", behavior.ScaleDown.SelectPolicy);
    }

    [Fact]
    public async Task ScaleIn_OnGke_IsOneWorkerInTwoMinutesAtMost()
    {
        var scaleDown = Assert.Single((await Overlay.ReadAsync(Overlay.Gke)).All<ScaledObject>()).Spec.Advanced!.HorizontalPodAutoscalerConfig!.Behavior!.ScaleDown;
        var policy = Assert.Single(scaleDown.Policies);

        Assert.Equal((900, "Min"), (scaleDown.StabilizationWindowSeconds, scaleDown.SelectPolicy));
        Assert.Equal(("Pods", 1, 120), (policy.Type, policy.Value, policy.PeriodSeconds));
    }

    [Fact]
    public async Task Identities_OnGke_AreThoseThatTheCoordinatorLetsIn()
    {
        var manifests = await Overlay.ReadAsync(Overlay.Gke);
        var (coordinator, worker) = (SettingsOf(manifests, "coordinator"), SettingsOf(manifests, "worker"));

        Assert.Equal(coordinator["Oidc:Audience"], worker["Worker:OidcAudience"]);
        Assert.Equal(coordinator["Oidc:Workers:0"], manifests.All<V1ServiceAccount>().Single(account => account.Name() == "worker").Metadata.Annotations["iam.gke.io/gcp-service-account"]);
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task DisruptionBudgets_All_MeanOneKindOfPodAndNeverForbidADrain(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);
        var budgets = manifests.All<V1PodDisruptionBudget>().ToArray();

        Assert.Equal(["coordinator", "worker"], budgets.Select(budget => budget.Name()).Order(StringComparer.Ordinal));
        Assert.All(budgets, budget =>
        {
            Assert.Equal([budget.Name()], manifests.PodsOf(budget.Spec.Selector));
            Assert.Equal("1", budget.Spec.MaxUnavailable.Value);
        });
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Coordinator_InEveryOverlay_IsOneWriterWithAVolume(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);
        var set = Assert.Single(manifests.All<V1StatefulSet>());

        Assert.Equal(1, set.Spec.Replicas);
        Assert.Equal(set.Spec.Template.Spec.Containers[0].VolumeMounts.Single(mount => mount.Name == set.Spec.VolumeClaimTemplates.Single().Name()).MountPath, SettingsOf(manifests, "coordinator")["Storage:Directory"]);
        Assert.StartsWith("ReadWriteOnce", Assert.Single(set.Spec.VolumeClaimTemplates.Single().Spec.AccessModes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spread_OfWorkers_CountsWorkers()
    {
        var manifests = await Overlay.ReadAsync(Overlay.Gke);

        Assert.All(manifests.Pods["worker"].Spec.TopologySpreadConstraints, spread => Assert.Equal(["worker"], manifests.PodsOf(spread.LabelSelector)));
    }

    private static IReadOnlyDictionary<string, string> SettingsOf(Manifests manifests, string pod) =>
        ContainerSettings.Of(manifests, Assert.Single(manifests.Pods[pod].Spec.Containers)).Values;

    private static void AssertOnlyOverlaysMiss(InvalidSettingsException exception) => Assert.All(exception.Mistakes, mistake => Assert.True(
        mistake.StartsWith("Checkpoints:Location ('')", StringComparison.Ordinal) || mistake.Contains("without a project", StringComparison.Ordinal), mistake));

    /// <summary>The one container of a host's pod, as that host sees it.</summary>
    private sealed class HostPod : IDisposable
    {
        private readonly MountedFiles _files;

        public HostPod(Manifests manifests, string name)
        {
            var pod = manifests.Pods[name].Spec;
            _files = MountedFiles.Of(pod, Assert.Single(pod.Containers));
            Arguments = ContainerSettings.Of(manifests, pod.Containers[0]).ToArguments(_files.Folders);
        }

        public string[] Arguments { get; }

        public void Dispose() => _files.Dispose();
    }
}
