using k8s.Models;

namespace CloudSweep.Deployment.Tests.Kubernetes;

/// <summary>What a pod may not do, whoever gets into it.</summary>
public sealed class PodSecurityTests
{
    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Pods_All_AreUnprivilegedUsersWithoutATokenForTheCluster(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);

        Assert.All(manifests.Pods.Values.Select(pod => pod.Spec), pod =>
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.Equal((1654, 1654, 1654), (pod.SecurityContext.RunAsUser, pod.SecurityContext.RunAsGroup, pod.SecurityContext.FsGroup));
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.False(pod.EnableServiceLinks);
            Assert.Null(pod.HostNetwork ?? pod.HostPID ?? pod.HostIPC);
            Assert.All(pod.Volumes, volume => Assert.Null(volume.HostPath));
        });
        Assert.All(manifests.All<V1ServiceAccount>(), account => Assert.False(account.AutomountServiceAccountToken));
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Containers_All_HaveNoCapabilityAndAReadOnlyRoot(string overlay)
    {
        var containers = (await Overlay.ReadAsync(overlay)).Pods.Values.SelectMany(pod => pod.Spec.Containers.Concat(pod.Spec.InitContainers ?? []));

        Assert.All(containers, container =>
        {
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.Null(container.SecurityContext.Privileged);
            Assert.Null(container.SecurityContext.RunAsUser);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.Null(container.SecurityContext.Capabilities.Add);
            Assert.Contains(container.VolumeMounts, mount => mount.MountPath == "/tmp");
        });
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Pods_All_AskForWhatTheyNeedAndAreBounded(string overlay)
    {
        Assert.All((await Overlay.ReadAsync(overlay)).Pods.Values.Select(pod => pod.Spec), pod =>
        {
            Assert.All(pod.Containers, container =>
            {
                Assert.True(container.Resources.Requests.ContainsKey("cpu") && container.Resources.Requests.ContainsKey("memory"));
                Assert.True(container.Resources.Limits.ContainsKey("memory"));
            });
            Assert.All(pod.Volumes.Where(volume => volume.EmptyDir is not null), volume => Assert.NotNull(volume.EmptyDir.SizeLimit));
        });
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Namespace_OfPods_IsRestricted(string overlay)
    {
        var space = Assert.Single((await Overlay.ReadAsync(overlay)).All<V1Namespace>());

        Assert.Equal("restricted", space.Metadata.Labels["pod-security.kubernetes.io/enforce"]);
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task SecretFiles_All_AreReadableByTheGroupAndWritableByNobody(string overlay)
    {
        const int ReadableByOwnerAndGroup = 0b100_100_000;

        var secrets = (await Overlay.ReadAsync(overlay)).Pods.Values.SelectMany(pod => pod.Spec.Volumes).Where(volume => volume.Secret is not null);

        Assert.All(secrets, volume => Assert.Equal(ReadableByOwnerAndGroup, volume.Secret.DefaultMode));
    }
}
